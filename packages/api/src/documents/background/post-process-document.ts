/**
 * What follows when the writing in a document pauses: its words and links are read from the log for
 * search and backlinks, the tree says who wrote last, and a long log is made into a snapshot.
 *
 * It only ever reads the log, but for what `compact` takes away; whoever does it twice, or later, or
 * beside another worker, comes to the same end. What it decodes it decodes in a thread with bounds.
 * Many are read together, so that a hundred imported documents cost a few transactions.
 */
import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { Services } from "../../core/context.ts";
import { BoundedWorker, Overrun, Unanswerable } from "../../jobs/bounded-worker.ts";
import type { Merged, Question } from "../log/document-thread.ts";
import { threadFile } from "../log/thread-file.ts";
import { compact, isLong } from "./compact.ts";
import { readWholeLog, type WholeLog } from "./read-whole-log.ts";
import { type ReadText, storeTexts, type TextProblem } from "./store-texts.ts";

const { documents, documentTexts } = schema;

/** While the thread reads one, the next are fetched. */
const AT_ONCE = 3;
/** Who writes without a pause has their turn again when the next pause is noticed. */
const ROUNDS = 3;

export class PostProcessing {
  readonly #thread = new BoundedWorker<Question, Merged>({
    file: threadFile,
    bounds: { megabytes: 1_024, seconds: 20, by: "work" },
  });

  /** Until nothing is left to do about these documents. */
  async run(services: Services, ids: readonly string[], signal: AbortSignal): Promise<void> {
    let left = [...ids];
    for (let round = 0; round < ROUNDS && left.length > 0 && !signal.aborted; round++) {
      await this.#runOnce(services, left, signal);
      left = await behindOf(services.db, left);
    }
  }

  stop() {
    return this.#thread.stop();
  }

  /** Puts updates together where it holds up nobody. */
  readonly merge = async (updates: Uint8Array[]): Promise<Uint8Array> => {
    const question: Question = { kind: "merge", updates, wantsText: false };
    return (await this.#thread.ask(question)).state;
  };

  async #runOnce(services: Services, ids: readonly string[], signal: AbortSignal) {
    const waiting = [...ids];
    const short: ReadText[] = [];
    const readOn = async () => {
      for (let id = waiting.shift(); id && !signal.aborted; id = waiting.shift()) {
        const log = await readWholeLog(services.db, id);
        if (!log) continue;
        const { text, state } = await this.#read(id, log, signal);
        if (!isLong(log)) {
          short.push(text);
          continue;
        }
        // One by one: together they could be more than the memory has room for.
        await storeTexts(services, [text]);
        if (state) await compact(services.db, id, { log, state, merge: this.merge });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, readOn));
    await storeTexts(services, short);
  }

  async #read(documentId: string, log: WholeLog, signal: AbortSignal) {
    const { workspaceId, seq, last } = log;
    const text = { documentId, workspaceId, seq, last };
    const question: Question = { kind: "merge", updates: log.updates, wantsText: true };
    try {
      const { state, said } = await this.#thread.ask(question);
      return { text: { ...text, said, problem: null }, state };
    } catch (error) {
      const problem = problemOf(error);
      // A server that stops ends the thread, which says nothing about the document.
      if (!problem || signal.aborted) throw error;
      return { text: { ...text, said: null, problem }, state: null };
    }
  }
}

function problemOf(error: unknown): TextProblem | null {
  if (error instanceof Overrun) return "heavy";
  return error instanceof Unanswerable ? "broken" : null;
}

/** Once, and without a queue. */
export async function postProcessDocument(services: Services, documentId: string): Promise<void> {
  const postProcessing = new PostProcessing();
  try {
    await postProcessing.run(services, [documentId], new AbortController().signal);
  } finally {
    await postProcessing.stop();
  }
}

const isBehind = sql`${documents.updateSeq} > coalesce(${documentTexts.seq}, 0)`;

/** Documents that were written since their words were read, at most so many. */
export async function behind(q: Queryable, limit = 5_000): Promise<string[]> {
  const rows = await q.execute<{ id: string }>(sql`
    select ${documents.id} from ${documents}
    left join ${documentTexts} on ${documentTexts.documentId} = ${documents.id}
    where ${isBehind} and ${documents.deletedAt} is null
    limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Of these. */
async function behindOf(q: Queryable, ids: string[]): Promise<string[]> {
  const rows = await q.execute<{ id: string }>(sql`
    select ${documents.id} from ${documents}
    left join ${documentTexts} on ${documentTexts.documentId} = ${documents.id}
    where ${documents.id} = any(${sql.param(ids)}::uuid[]) and ${isBehind}`);
  return rows.map(({ id }) => id);
}
