/**
 * Erases a workspace whose days are over: its rows, its bytes in the store, what is findable, what waits to
 * be mailed or pushed.
 *
 * In batches, each a transaction of its own, so that nobody waits for long; whoever dies in the middle
 * leaves the rest for the next try, which begins from the start and finds less to do. Bytes go before the
 * row that names them: what a crash leaves is always found again. The audit log stays, as it is kept.
 */
import { schema } from "@guildhall/db";
import { and, eq, lt, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Services } from "../../core/context.ts";
import { dropUpload } from "../../files/upload/upload-in-parts.ts";
import { keptSince } from "./delete-workspace.ts";
import { belongsTo, erasureOrder, tableName } from "./erasure-plan.ts";

const { changes, fileObjects, fileUploads, mutations, workspaces } = schema;

export type Erasing = Pick<Services, "db" | "files" | "search">;

const BATCH = 500;
/** Each has a journey to the store. */
const OBJECTS = 50;

type EraseSome = (services: Erasing, workspaceId: string) => Promise<number>;

/** Of what has more to it than its rows. */
const own = new Map<PgTable, EraseSome>([
  [fileUploads, eraseUploads],
  [fileObjects, eraseObjects],
  [changes, eraseChanges],
]);

async function eraseUploads(services: Erasing, workspaceId: string) {
  const some = await services.db
    .select()
    .from(fileUploads)
    .where(eq(fileUploads.workspaceId, workspaceId))
    .limit(OBJECTS);
  for (const upload of some) await dropUpload(services, upload);
  return some.length;
}

/** The same bytes in another workspace are another object there. */
async function eraseObjects({ db, files }: Erasing, workspaceId: string) {
  const some = await db
    .select({ id: fileObjects.id, thumbnailKey: fileObjects.thumbnailKey })
    .from(fileObjects)
    .where(eq(fileObjects.workspaceId, workspaceId))
    .limit(OBJECTS);
  for (const { id, thumbnailKey } of some) {
    if (thumbnailKey) await files.forget(thumbnailKey);
    await files.forget(id);
    await db.delete(fileObjects).where(eq(fileObjects.id, id));
  }
  return some.length;
}

/** With the answers that are kept for retries, which hold what was changed. */
async function eraseChanges({ db }: Erasing, workspaceId: string) {
  const [gone] = await db.execute<{ n: number }>(sql`
    with gone as (
      delete from ${changes} where ctid = any(array(
        select ctid from ${changes} where ${changes.workspaceId} = ${workspaceId} limit ${BATCH}))
      returning mutation_id),
    answers as (delete from ${mutations} where id in (select mutation_id from gone))
    select count(*)::int as n from gone`);
  return gone?.n ?? 0;
}

const eraseRows =
  (table: PgTable): EraseSome =>
  async ({ db }, workspaceId) => {
    const { count } = await db.execute(sql`
      delete from ${table} where ctid = any(array(
        select ${sql.identifier(tableName(table))}.ctid from ${table}
        where ${belongsTo(table, workspaces, workspaceId)} limit ${BATCH}))`);
    return count;
  };

/** From here on it can't be brought back; false when it was, or its days are not over. */
async function begin({ db }: Erasing, workspaceId: string) {
  const isDue = lt(workspaces.deletedAt, keptSince);
  const begun = await db
    .update(workspaces)
    .set({ erasingAt: sql`coalesce(${workspaces.erasingAt}, now())` })
    .where(and(eq(workspaces.id, workspaceId), isDue))
    .returning({ id: workspaces.id });
  return begun.length > 0;
}

async function finish({ db, files }: Erasing, workspaceId: string) {
  const [last] = await db
    .select({ pictureKey: workspaces.pictureKey })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (last?.pictureKey) await files.forget(last.pictureKey);
  await db.delete(workspaces).where(eq(workspaces.id, workspaceId));
}

/** What was done since the last one is committed: who stops here loses nothing of it. */
export async function* eraseWorkspace(services: Erasing, workspaceId: string) {
  if (!(await begin(services, workspaceId))) return;
  yield "begin";
  for (const table of erasureOrder(workspaces)) {
    const some = own.get(table) ?? eraseRows(table);
    while ((await some(services, workspaceId)) > 0) yield tableName(table);
    services.search.wake();
  }
  await finish(services, workspaceId);
  yield "workspaces";
}

/** Those whose days are over, also when their erasure was begun. */
export async function workspacesToErase({ db }: Pick<Services, "db">) {
  const rows = await db
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(lt(workspaces.deletedAt, keptSince));
  return rows.map(({ id }) => id);
}
