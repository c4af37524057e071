/** Stores what was read of documents' texts: a transaction for each workspace, however many they are. */
import { schema, type Tx } from "@guildhall/db";
import { eq, inArray, sql } from "drizzle-orm";
import { scopeOf } from "../../core/access.ts";
import type { Services } from "../../core/context.ts";
import { invariant } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { insertRows } from "../../core/insert-rows.ts";
import { write } from "../../core/write.ts";
import { addNotifications, type NotificationPlace } from "../../notifications/add-notifications.ts";
import { mentionsOf, newlyNamed } from "../../notifications/mentions.ts";
import type { Said } from "../log/document-thread.ts";
import { readDocuments } from "../queries.ts";
import type { WholeLog } from "./read-whole-log.ts";

const { documents, documentLinks, documentTexts } = schema;

export type TextProblem = (typeof schema.textProblems)[number];

export type ReadText = {
  documentId: string;
  workspaceId: string;
  /** Up to this number of its log. */
  seq: number;
  last: WholeLog["last"];
  /** Null when it could not be read: `problem` says why. */
  said: Said | null;
  problem: TextProblem | null;
};

const words: Record<TextProblem, string> = {
  heavy: "it takes too long, or too much memory, to be put together",
  broken: "its log holds what is no update of a text",
};

export async function storeTexts(services: Services, texts: readonly ReadText[]): Promise<void> {
  const ctx = { services, actor: null, path: "documents.postProcess" };
  for (const [workspaceId, some] of Map.groupBy(texts, (text) => text.workspaceId)) {
    await write(ctx, workspaceId, async (tx, record) => {
      const newer = await storeWords(tx, some);
      await storeLinks(tx, newer);
      await tellOfWriters(tx, record, newer);
      const place = { workspaceId, sendsMail: services.config.sendsMail };
      for (const change of await tellTheMentioned(tx, place, newer)) record(change);
    });
  }
  for (const { documentId, problem } of texts) {
    if (!problem) continue;
    const message = `The text of a document could not be read, so that the search does not know what was written last in it: ${words[problem]}. Nothing of it is lost; it is read again when it is next written.`;
    services.config.log.warn({ documentId, problem }, message);
  }
}

/** `named`: as it was before. Null: it was read when nobody was told of being named. */
type Stored = ReadText & { named: Record<string, number> | null };

/** Returns those of which no other worker has read further already. */
async function storeWords(tx: Tx, texts: ReadText[]): Promise<Stored[]> {
  // In one order, and without those that are gone for good meanwhile.
  const there = await tx
    .select({ id: documents.id, isRead: documentTexts.seq, mentions: documentTexts.mentions })
    .from(documents)
    .leftJoin(documentTexts, eq(documentTexts.documentId, documents.id))
    .where(
      inArray(
        documents.id,
        texts.map(({ documentId }) => documentId),
      ),
    )
    .orderBy(documents.id)
    .for("key share", { of: documents });
  const byId = new Map(texts.map((text) => [text.documentId, text]));
  const rows = there.map(({ id }) => {
    const { documentId, seq, said, problem } = invariant(byId.get(id), "asked for");
    const { text = "", words = 0, mentions = {} } = said ?? {};
    return { documentId, seq, text, wordCount: words, mentions, problem };
  });
  if (rows.length === 0) return [];
  const isRead = sql`excluded.problem is null`;
  const newer = await tx
    .insert(documentTexts)
    .values(rows)
    .onConflictDoUpdate({
      target: documentTexts.documentId,
      set: {
        seq: sql`excluded.seq`,
        text: sql`case when ${isRead} then excluded.text else ${documentTexts.text} end`,
        wordCount: sql`case when ${isRead} then excluded.word_count else ${documentTexts.wordCount} end`,
        mentions: sql`case when ${isRead} then excluded.mentions else ${documentTexts.mentions} end`,
        problem: sql`excluded.problem`,
      },
      setWhere: sql`${documentTexts.seq} < excluded.seq`,
    })
    .returning({ id: documentTexts.documentId });
  const namedIn = new Map(
    there.map(({ id, isRead, mentions }) => [id, isRead === null ? {} : mentions]),
  );
  return newer.map(({ id }) => ({
    ...invariant(byId.get(id), "just stored"),
    named: namedIn.get(id) ?? null,
  }));
}

async function storeLinks(tx: Tx, texts: readonly ReadText[]) {
  const read = texts.filter(({ said }) => said !== null);
  if (read.length === 0) return;
  await tx.delete(documentLinks).where(
    inArray(
      documentLinks.documentId,
      read.map(({ documentId }) => documentId),
    ),
  );
  const links = read.flatMap(({ documentId, said }) =>
    (said?.links ?? []).map(({ target, id }) => ({ documentId, target, targetId: id })),
  );
  if (links.length > 0) await insertRows(tx, documentLinks, links);
}

/**
 * Each of somebody's mentions once, when it comes into the text: who wrote last is taken to have named them.
 * Who goes on writing where people were named before names nobody.
 */
const tellTheMentioned = (tx: Tx, place: NotificationPlace, texts: readonly Stored[]) =>
  addNotifications(
    tx,
    place,
    texts.flatMap(({ documentId, said, last, named }) =>
      named && said
        ? newlyNamed(documentId, mentionsOf(said.mentions), mentionsOf(named)).map((concern) => ({
            kind: "mentioned" as const,
            concern,
            actorId: last?.actorId ?? null,
            documentId,
          }))
        : [],
    ),
  );

/** The tree says who wrote last, and when. */
async function tellOfWriters(tx: Tx, record: RecordChange, texts: readonly ReadText[]) {
  const writers = texts.flatMap(({ documentId, last }) =>
    last ? [{ id: documentId, at: last.at, actor: last.actorId }] : [],
  );
  if (writers.length === 0) return;
  const rows = await tx.execute<{
    id: string;
    scopePath: string[];
    projectId: string | null;
    isDeleted: boolean;
  }>(sql`
    update ${documents} set updated_at = w.at, updated_by = w.actor, version = version + 1
    from json_to_recordset(${JSON.stringify(writers)}::text::json)
      as w(id uuid, at timestamptz, actor uuid)
    where ${documents.id} = w.id
    returning ${documents.id}, ${documents.scopePath} as "scopePath", ${documents.projectId} as "projectId",
      ${documents.deletedAt} is not null as "isDeleted"`);
  // Nothing is told of what is in the bin.
  const shown = rows.filter(({ isDeleted }) => !isDeleted);
  const told = await readDocuments(
    tx,
    shown.map(({ id }) => id),
  );
  for (const place of shown) {
    const { id } = place;
    const row = invariant(told.get(id), "it was just changed");
    record({ entity: "document", id, op: "update", row, scopeId: scopeOf(place) });
  }
}
