/** People who type into one document, in a process of their own; told by messages what to do. */
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@guildhall/api/client";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { uuidv7 } from "uuidv7";
import * as Y from "yjs";
import type { Opened, Order, Report } from "./crowd.ts";

type Editor = {
  doc: Y.Doc;
  /** Resolves when what was typed so far is acknowledged. */
  acknowledged(): Promise<void>;
  close(): unknown;
};

const REMOTE = "remote";
let editors: Editor[] = [];
let texts: Y.XmlText[] = [];
let typed = 0;

const lengthOf = (doc: Y.Doc) => {
  const text = doc.getXmlFragment("default").get(0);
  return text instanceof Y.XmlText ? text.length : 0;
};

async function openOurs({ url, documentId }: Opened, token: string): Promise<Editor> {
  const client = createClient({ url, token });
  const doc = new Y.Doc();
  let waiting: Uint8Array[] = [];
  let sending: Promise<void> | null = null;
  const send = async () => {
    // As the page does: one on its way, and what is typed meanwhile goes with the next.
    while (waiting.length > 0) {
      const update = Buffer.from(Y.mergeUpdates(waiting)).toString("base64");
      waiting = [];
      await client.documents.push.mutate({ documentId, id: uuidv7(), update });
    }
    sending = null;
  };
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === REMOTE) return;
    waiting.push(update);
    sending ??= send();
  });
  const live = Promise.withResolvers<void>();
  const following = client.documents.onUpdate.subscribe(
    { documentId },
    {
      onData: ({ data }) => {
        if (data.kind === "live") live.resolve();
        if (data.kind !== "updates") return;
        doc.transact(() => {
          for (const { update } of data.updates) {
            Y.applyUpdate(doc, Buffer.from(update, "base64"), REMOTE);
          }
        }, REMOTE);
      },
      onError: live.reject,
    },
  );
  await live.promise;
  return {
    doc,
    acknowledged: async () => void (await sending),
    async close() {
      following.unsubscribe();
      await client.close();
    },
  };
}

async function openTheirs({ url, documentId }: Opened): Promise<Editor> {
  const document = new Y.Doc();
  const websocketProvider = new HocuspocusProviderWebsocket({ url: url.replace(/^http/, "ws") });
  const synced = Promise.withResolvers<void>();
  const provider = new HocuspocusProvider({
    websocketProvider,
    name: documentId,
    document,
    onSynced: () => synced.resolve(),
  });
  provider.attach();
  await synced.promise;
  return {
    doc: document,
    acknowledged: () =>
      new Promise((resolve) => {
        if (!provider.hasUnsyncedChanges) return resolve();
        const look = ({ number }: { number: number }) => {
          if (number > 0) return;
          provider.off("unsyncedChanges", look);
          resolve();
        };
        provider.on("unsyncedChanges", look);
      }),
    close() {
      provider.destroy();
      websocketProvider.destroy();
    },
  };
}

async function open(order: Opened) {
  const { kind, tokens } = order;
  editors = await Promise.all(
    tokens.map((token) => (kind === "guildhall" ? openOurs(order, token) : openTheirs(order))),
  );
  const [first] = editors;
  if (first && lengthOf(first.doc) === 0) {
    first.doc.getXmlFragment("default").insert(0, [new Y.XmlText("x")]);
  }
  while (editors.some(({ doc }) => lengthOf(doc) === 0)) await delay(10);
  texts = editors.map(({ doc }) => doc.getXmlFragment("default").get(0) as Y.XmlText);
  typed = 0;
}

/** Each types a letter, and the next when that is acknowledged, but not before its time. */
async function type(seconds: number, everyMs: number): Promise<Report> {
  const took: number[] = [];
  const before = lengthsNow();
  const typedBefore = typed;
  const until = performance.now() + seconds * 1_000;
  await Promise.all(
    editors.map(async ({ acknowledged }, i) => {
      await delay((everyMs * i) / editors.length);
      while (performance.now() < until) {
        const began = performance.now();
        const text = texts[i];
        text?.insert(Math.floor(Math.random() * text.length), "a");
        typed++;
        await acknowledged();
        took.push(performance.now() - began);
        const rest = everyMs - (performance.now() - began);
        if (rest > 0) await delay(rest);
      }
    }),
  );
  // Everybody has everything once all that was typed is in each.
  const whole = Math.max(...before) + typed - typedBefore;
  while (lengthsNow().some((length) => length < whole)) await delay(5);
  const seen = lengthsNow().reduce((sum, n, i) => sum + n - (before[i] ?? 0), 0);
  return { acknowledged: took.length, took, delivered: seen - (typed - typedBefore) };
}

const lengthsNow = () => texts.map((text) => text.length);

async function obey(order: Order): Promise<unknown> {
  if (order.type === "open") return await open(order);
  if (order.type === "type") return await type(order.seconds, order.everyMs);
  await Promise.all(editors.map((editor) => editor.close()));
  editors = [];
}

process.on("message", async (order: Order) => process.send?.((await obey(order)) ?? "done"));
