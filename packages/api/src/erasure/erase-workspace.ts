/**
 * Erases a workspace whose days are over: its rows, its bytes in the store, what is findable, what waits to
 * be mailed or pushed. Bytes go before the row that names them: what a crash leaves is always found again.
 * The audit log stays, as it is kept.
 */
import { schema } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Services } from "../core/context.ts";
import {
  BATCH,
  beginErasure,
  type EraseSome,
  eraseAnswers,
  eraseTables,
  OBJECTS,
} from "./erase-rows.ts";

const { changes, fileObjects, workspaces } = schema;

/** Of what has more to it than its rows. */
const own = new Map<PgTable, EraseSome>([
  [fileObjects, eraseObjects],
  [changes, eraseChanges],
]);

/** The same bytes in another workspace are another object there. */
async function eraseObjects({ db, files }: Services, workspaceId: string) {
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

async function eraseChanges({ db }: Services, workspaceId: string) {
  const [gone] = await db.execute<{ n: number }>(sql`
    with gone as (
      delete from ${changes} where ctid = any(array(
        select ctid from ${changes} where ${changes.workspaceId} = ${workspaceId} limit ${BATCH}))
      returning mutation_id),
    answers as (${eraseAnswers("gone")})
    select count(*)::int as n from gone`);
  return gone?.n ?? 0;
}

async function finish({ db, files }: Services, workspaceId: string) {
  const [last] = await db
    .select({ pictureKey: workspaces.pictureKey })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (last?.pictureKey) await files.forget(last.pictureKey);
  await db.delete(workspaces).where(eq(workspaces.id, workspaceId));
}

/** Yields what it has just done a piece of. */
export async function* eraseWorkspace(services: Services, workspaceId: string) {
  if (!(await beginErasure(services, workspaces, workspaceId))) return;
  yield "begin";
  yield* eraseTables(services, { root: workspaces, id: workspaceId }, own);
  await finish(services, workspaceId);
  yield "workspaces";
}
