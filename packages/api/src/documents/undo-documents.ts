/**
 * Takes back one mutation of one's own of the tree, by the rule of tasks/undo/undo-tasks.ts: what it changed,
 * and nobody has changed since, is as before; the rest stays, and is named in `left`. A document or
 * folder that somebody else has worked on since, in its text too or in what is below it, is not put
 * into the bin.
 */
import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { unlessRefused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { type Counted, changedByOthers } from "../core/feed/changed-by-others.ts";
import { type Moments, momentsOf } from "../core/feed/moments.ts";
import { fieldsBack } from "../core/feed/undo-row.ts";
import { lockDocument } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { setOnDocument, type Values } from "./change-document.ts";
import { settleAt } from "./move-document.ts";
import { type DocumentRow, readDocument } from "./queries.ts";
import { withBelow } from "./subtree.ts";
import { putInTrash, takeFromTrash } from "./trash.ts";

/** `of`: the id of the mutation; `id`: the document or folder that it was about. */
type Undo = { id: string; of: string };

export async function undoDocument(ctx: MutationContext, { id, of }: Undo) {
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, record) => {
    const document = await lockDocument(tx, userId, id, "editor", { deleted: true });
    const thing = { entity: "document" as const, id, workspaceId: document.workspaceId };
    const moments = await momentsOf(tx, thing, { mutationId: of, actorId: userId });
    const undone = moments
      ? await undoOne(tx, record, { ...moments, userId, document, of })
      : { isLeft: false, affected };
    affected = undone.affected;
    const { deletedAt } = await lockDocument(tx, userId, id, "editor", { deleted: true });
    return {
      documents: deletedAt ? [] : [await readDocument(tx, id)],
      deletedIds: deletedAt ? [id] : [],
      left: undone.isLeft ? [id] : [],
    };
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

type Held = Awaited<ReturnType<typeof lockDocument>>;
type One = Moments<DocumentRow> & { userId: string; document: Held; of: string };

/** Whether something was left, and whom to notify after the commit. */
async function undoOne(tx: Tx, record: RecordChange, one: One) {
  const { before, after, document } = one;
  const wasDeleted = document.deletedAt !== null;
  // Somebody else has deleted it, or brought it back, since: nothing of it is touched.
  if (wasDeleted !== after.isDeleted) return { isLeft: true, affected: [] };
  if (before.isDeleted && !wasDeleted) {
    if (await isOthersToo(tx, one)) return { isLeft: true, affected: [] };
    await putInTrash(tx, record, one);
    return { isLeft: false, affected: [] };
  }
  if (wasDeleted) {
    const affected = before.isDeleted ? [] : await takeFromTrash(tx, record, one);
    return { isLeft: false, affected };
  }
  const now = await readDocument(tx, document.id);
  const { values, isLeft } = valuesBack(one, now);
  if (Object.keys(values).length > 0) {
    await setOnDocument(tx, record, document.id, values);
  }
  const place = await placeBack(tx, record, one, now);
  return { isLeft: isLeft || place.isLeft, affected: place.affected };
}

const fields = ["title", "icon", "isTemplate", "archivedAt"] as const;
const places = ["projectId", "parentId", "rank"] as const;

function valuesBack(one: One, now: DocumentRow) {
  const { values: back, isLeft } = fieldsBack(one, now, fields);
  const values: Values = back;
  if ("archivedAt" in values) values.archivedBy = values.archivedAt ? one.userId : null;
  if ("title" in values || "icon" in values) {
    Object.assign(values, { updatedAt: new Date(), updatedBy: one.userId });
  }
  return { values, isLeft };
}

/** To the very place it had, if it still stands where it was put and that place is still there. */
async function placeBack(tx: Tx, record: RecordChange, one: One, now: DocumentRow) {
  const [was, is] = [one.before.row, one.after.row];
  const stands = (a: DocumentRow, b: DocumentRow) => places.every((name) => a[name] === b[name]);
  let affected: string[] = [];
  if (!was || !is || stands(was, is)) return { isLeft: false, affected };
  if (!stands(now, is)) return { isLeft: !stands(now, was), affected };
  const isThere = await unlessRefused(async () => {
    affected = await settleAt(tx, record, { ...one, to: was });
  });
  return { isLeft: !isThere, affected };
}

const counted: Counted = {
  document: [...fields, ...places, "visibility"],
  documentThread: ["resolvedAt"],
  comment: ["body"],
  file: ["name", "version"],
};

/** Somebody else has changed it or what is below it since, written in it, or put something there. */
async function isOthersToo(tx: Tx, { document, userId, of, lastSeq }: One): Promise<boolean> {
  const { id, workspaceId } = document;
  const { comments, documents, documentThreads, files, mutations } = schema;
  const { documentUpdates, documentVersions } = schema;
  const standing = sql`${withBelow(id)}, standing(id) as (
    select d.id from ${documents} d join below on below.id = d.id where d.deleted_at is null)`;
  const since = { workspaceId, seq: lastSeq, mutationId: of, actorId: userId };
  const ids = sql`${standing} select id from standing
    union all select t.id from ${documentThreads} t join standing on standing.id = t.document_id
      where exists (select from ${comments} c where c.thread_id = t.id and c.deleted_at is null)
    union all select c.id from ${comments} c join ${documentThreads} t on t.id = c.thread_id
      join standing on standing.id = t.document_id where c.deleted_at is null
    union all select f.id from ${files} f join standing on standing.id = f.document_id
      where f.deleted_at is null`;
  if (await changedByOthers(tx, since, { ids, counted })) return true;
  // What has left the log is in a version, with those who wrote it.
  const [written] = await tx.execute(sql`${standing}, since(at) as (
      select created_at from ${mutations} where id = ${of}
    ) select 1 from standing, since where exists (
      select from ${documentUpdates} u where u.document_id = standing.id
        and u.actor_id is distinct from ${userId} and u.at >= since.at
    ) or exists (
      select from ${documentVersions} v where v.document_id = standing.id
        and v.created_at >= since.at and v.author_ids <> '{}'
        and not v.author_ids <@ array[${userId}]::uuid[]
    ) limit 1`);
  return written !== undefined;
}
