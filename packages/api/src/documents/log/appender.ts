/**
 * What many write into one document at once goes to Postgres together: while one commit is under
 * way the next updates gather, and then are one statement and one commit. Each commit locks the
 * document's row until it is on the disk, so one at a time they would be a few hundred a second.
 */
import type { Db } from "@guildhall/db";
import { notFound, roleTooLow } from "../../core/errors.ts";
import type { Push } from "../../live/services.ts";
import { type Appended, appendUpdates } from "./append-updates.ts";

const MAX_PUSHES = 200;
const MAX_BYTES = 1024 * 1024;

type Waiting = {
  push: Push;
  resolve: (answer: { seq: number }) => void;
  reject: (error: unknown) => void;
};

export type AppendedUpdate = { seq: number; id: string; update: string };

type Options = {
  db: Db;
  /** Told of what was committed, in the order of numbers. */
  onAppended: (documentId: string, updates: AppendedUpdate[]) => void;
};

export class Appender {
  readonly #options: Options;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #busy = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  push(push: Push): Promise<{ seq: number }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ seq: number }>();
    const line = this.#waiting.get(push.documentId) ?? [];
    line.push({ push, resolve, reject });
    this.#waiting.set(push.documentId, line);
    if (!this.#busy.has(push.documentId)) void this.#work(push.documentId);
    return promise;
  }

  async #work(documentId: string) {
    this.#busy.add(documentId);
    // What comes in the same turn goes along.
    await null;
    for (let batch = this.#next(documentId); batch.length > 0; batch = this.#next(documentId)) {
      await this.#append(documentId, batch);
    }
    this.#busy.delete(documentId);
  }

  #next(documentId: string): Waiting[] {
    const line = this.#waiting.get(documentId) ?? [];
    const ids = new Set<string>();
    let bytes = 0;
    // The same update again waits until the first is in the log.
    const end = line.findIndex(({ push }) => {
      bytes += push.update.length;
      const isFull = ids.size >= MAX_PUSHES || (ids.size > 0 && bytes > MAX_BYTES);
      return isFull || ids.size === ids.add(push.id).size;
    });
    const batch = line.splice(0, end < 0 ? line.length : end);
    if (line.length === 0) this.#waiting.delete(documentId);
    return batch;
  }

  async #append(documentId: string, batch: Waiting[]) {
    let answers: Appended[];
    try {
      answers = await appendUpdates(
        this.#options.db,
        documentId,
        batch.map(({ push }) => push),
      );
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    const appended: AppendedUpdate[] = [];
    for (const [i, { push, resolve, reject }] of batch.entries()) {
      const { seq = null, role = null, isNew = false } = answers[i] ?? {};
      if (seq === null) {
        reject(role ? roleTooLow("editor") : notFound("document"));
        continue;
      }
      if (isNew) appended.push({ seq, id: push.id, update: push.update });
      resolve({ seq });
    }
    if (appended.length > 0) this.#options.onAppended(documentId, appended);
  }
}
