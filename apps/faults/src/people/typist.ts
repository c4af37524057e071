/**
 * A virtual editor of a document: types words here and there, keeps what is not acknowledged, sends
 * it again until it is, and follows what the others write. Each of its words is there only once.
 */
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@guildhall/api/client";
import * as Y from "yjs";
import { reasonOf } from "../servers/server-with-postgres.ts";
import type { Dice } from "./dice.ts";

type Options = { name: string; url: string; token: string; documentId: string; dice: Dice };

const REMOTE = "remote";

export class Typist {
  readonly #options: Options;
  readonly #client: ReturnType<typeof createClient>;
  readonly doc = new Y.Doc();
  #waiting: { update: Uint8Array; words: string[] }[] = [];
  #words: string[] = [];
  #stopped = false;
  #following: { unsubscribe(): void };
  /** What was shown as saved. */
  readonly acknowledged: string[] = [];
  /** The numbers that the acknowledged pushes got. */
  readonly seqs: number[] = [];
  /** Answers that no fault excuses. */
  readonly refusals: string[] = [];

  constructor(options: Options) {
    this.#options = options;
    const { url, token, documentId } = options;
    this.#client = createClient({ url, token, deadlineMs: 5_000 });
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE) return;
      this.#waiting.push({ update, words: this.#words });
      this.#words = [];
    });
    this.#following = this.#client.documents.onUpdate.subscribe(
      { documentId },
      {
        onData: ({ data }) => {
          if (data.kind !== "updates") return;
          for (const { update } of data.updates) {
            Y.applyUpdate(this.doc, Buffer.from(update, "base64"), REMOTE);
          }
        },
        onError: (error) => this.refusals.push(`The subscription ended: ${error.message}`),
      },
    );
  }

  get hasAll() {
    return this.#waiting.length === 0;
  }

  text = () => textOf(this.doc);

  /** Until `stop`; resolves when all that was typed is acknowledged. */
  async type(everyMs: number): Promise<void> {
    const sending = this.#send();
    for (let n = 0; !this.#stopped; n++) {
      this.#insert(`${this.#options.name}${n} `);
      await delay(this.#options.dice.roll(2 * everyMs));
    }
    await sending;
  }

  stop() {
    this.#stopped = true;
  }

  async close() {
    this.#stopped = true;
    this.#following.unsubscribe();
    await this.#client.close();
  }

  /** At the beginning of a word somewhere, or in a paragraph of its own. */
  #insert(word: string) {
    const { dice } = this.#options;
    this.#words = [word.trim()];
    const root = this.doc.getXmlFragment("default");
    this.doc.transact(() => {
      const paragraph =
        root.length > 0 && dice.roll(20) > 0 ? root.get(dice.roll(root.length)) : null;
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
      if (text instanceof Y.XmlText) {
        const said = text.toString();
        const space = said.indexOf(" ", dice.roll(said.length + 1));
        text.insert(space < 0 ? 0 : space + 1, word);
        return;
      }
      const made = new Y.XmlElement("paragraph");
      root.insert(dice.roll(root.length + 1), [made]);
      made.insert(0, [new Y.XmlText(word)]);
    });
  }

  async #send() {
    while (!this.#stopped || this.#waiting.length > 0) {
      const batch = this.#waiting;
      if (batch.length === 0) {
        await delay(5);
        continue;
      }
      // What is typed meanwhile goes with the next one.
      this.#waiting = [];
      const seq = await this.#push(Y.mergeUpdates(batch.map(({ update }) => update)));
      if (seq === null) return;
      this.seqs.push(seq);
      this.acknowledged.push(...batch.flatMap(({ words }) => words));
    }
  }

  /** The same update with the same id, until it is answered. */
  async #push(bytes: Uint8Array): Promise<number | null> {
    const { documentId, dice } = this.#options;
    const input = { documentId, id: dice.uuid(), update: Buffer.from(bytes).toString("base64") };
    for (;;) {
      try {
        return (await this.#client.documents.push.mutate(input)).seq;
      } catch (error) {
        const reason = reasonOf(error);
        if (reason && !/unavailable|busy|internal|overloaded|stopping|too_often/.test(reason)) {
          this.refusals.push(`A push was answered ${reason}.`);
          return null;
        }
        await delay(20 + dice.roll(100));
      }
    }
  }
}

export const textOf = (doc: Y.Doc): string => doc.getXmlFragment("default").toString();
