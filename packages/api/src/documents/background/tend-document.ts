/**
 * What follows when the writing in a document pauses: its words and links are read from the log for
 * search and backlinks, the tree says who wrote last, and a long log is made into a snapshot.
 *
 * It only ever reads the log, but for what `compact` takes away; whoever does it twice, or later, or
 * beside another worker, comes to the same end. What it decodes it decodes in a thread with bounds.
 */
import { type Queryable, schema } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import { areaOf } from "../../core/access.ts";
import type { Services } from "../../core/context.ts";
import { write } from "../../core/write.ts";
import { BoundedThread, Overrun } from "../log/bounded-thread.ts";
import type { Merged, Question, Said } from "../log/document-thread.ts";
import { threadFile } from "../log/thread-file.ts";
import { readDocument } from "../queries.ts";
import { compact } from "./compact.ts";
import { readWholeLog, type WholeLog } from "./read-whole-log.ts";

const { documents, documentLinks, documentTexts } = schema;

/** A document that overran its bounds would only do so again, for a third of a minute each time. */
const LEFT_ALONE_MS = 60 * 60_000;

export class Tending {
  readonly #thread = new BoundedThread(threadFile, { megabytes: 1_024, milliseconds: 20_000 });

  readonly #leftAlone = new Map<string, number>();

  /** Until nothing is left to do about this document. */
  async tend(services: Services, documentId: string, signal: AbortSignal): Promise<void> {
    if ((this.#leftAlone.get(documentId) ?? 0) > Date.now()) return;
    this.#leftAlone.delete(documentId);
    try {
      await this.#tend(services, documentId, signal);
    } catch (error) {
      if (error instanceof Overrun && !signal.aborted) {
        this.#leftAlone.set(documentId, Date.now() + LEFT_ALONE_MS);
      }
      throw error;
    }
  }

  async #tend(services: Services, documentId: string, signal: AbortSignal): Promise<void> {
    const { db } = services;
    for (let again = true; again && !signal.aborted; again = await isBehind(db, documentId)) {
      const log = await readWholeLog(db, documentId);
      if (!log) return;
      const { state, said } = await this.#merge(log);
      await keepSaid(services, documentId, { log, said });
      await compact(db, documentId, { log, state, merge: (updates) => this.#state(updates) });
    }
  }

  stop() {
    return this.#thread.stop();
  }

  async #merge({ updates }: WholeLog): Promise<Merged & { said: Said }> {
    const question: Question = { kind: "merge", updates, wantsText: true };
    return await this.#thread.ask(question);
  }

  async #state(updates: Uint8Array[]): Promise<Uint8Array> {
    const question: Question = { kind: "merge", updates, wantsText: false };
    return (await this.#thread.ask<Merged>(question)).state;
  }
}

/** Once, and without a queue. */
export async function tendDocument(services: Services, documentId: string): Promise<void> {
  const tending = new Tending();
  try {
    await tending.tend(services, documentId, new AbortController().signal);
  } finally {
    await tending.stop();
  }
}

/** Documents that were written since their words were read, at most so many. */
export async function behind(q: Queryable, limit = 500): Promise<string[]> {
  const rows = await q.execute<{ id: string }>(sql`
    select ${documents.id} from ${documents}
    left join ${documentTexts} on ${documentTexts.documentId} = ${documents.id}
    where ${documents.updateSeq} > coalesce(${documentTexts.seq}, 0)
      and ${documents.deletedAt} is null
    limit ${limit}`);
  return rows.map(({ id }) => id);
}

async function isBehind(q: Queryable, documentId: string): Promise<boolean> {
  const [row] = await q
    .select({ isBehind: sql<boolean>`${documents.updateSeq} > ${documentTexts.seq}` })
    .from(documents)
    .innerJoin(documentTexts, eq(documentTexts.documentId, documents.id))
    .where(eq(documents.id, documentId));
  return row?.isBehind ?? false;
}

type Reading = { log: WholeLog; said: Said };

async function keepSaid(services: Services, documentId: string, { log, said }: Reading) {
  const { seq, workspaceId, last } = log;
  const ctx = { services, actor: null, path: "documents.tend" };
  await write(ctx, workspaceId, async (tx, record) => {
    const text = { seq, text: said.text, wordCount: said.words };
    const newer = await tx
      .insert(documentTexts)
      .values({ documentId, ...text })
      .onConflictDoUpdate({
        target: documentTexts.documentId,
        set: text,
        setWhere: sql`${documentTexts.seq} < ${seq}`,
      })
      .returning({ seq: documentTexts.seq });
    // Another worker has read further already.
    if (newer.length === 0) return;
    await tx.delete(documentLinks).where(eq(documentLinks.documentId, documentId));
    const links = said.links.map(({ target, id }) => ({ documentId, target, targetId: id }));
    if (links.length > 0) await tx.insert(documentLinks).values(links).onConflictDoNothing();
    if (!last) return;
    const [row] = await tx
      .update(documents)
      .set({
        updatedAt: last.at,
        updatedBy: last.actorId,
        version: sql`${documents.version} + 1`,
      })
      .where(eq(documents.id, documentId))
      .returning();
    // Nothing is told of what is in the bin.
    if (!row || row.deletedAt) return;
    record({
      entity: "document",
      id: documentId,
      op: "update",
      row: await readDocument(tx, documentId),
      within: areaOf(row),
    });
  });
}
