/**
 * What erasing a workspace and erasing a project have in common.
 *
 * In batches, each a transaction of its own, so that nobody waits for long; whoever dies in the middle
 * leaves the rest for the next try, which begins from the start and finds less to do.
 */
import { schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Services } from "../core/context.ts";
import { dropUpload } from "../files/upload/upload-in-parts.ts";
import { keptSince } from "./deletion-days.ts";
import { belongsTo, erasureOrder, type Root, tableName } from "./erasure-plan.ts";

const { fileUploads, mutations } = schema;

export const BATCH = 500;
/** Each has a journey to the store. */
export const OBJECTS = 50;

/** Returns how much of it went; 0: nothing is left. */
export type EraseSome = (services: Services, id: string) => Promise<number>;

/** From here on it can't be brought back; false when it was, or its days are not over. */
export async function beginErasure({ db }: Services, root: Root, id: string): Promise<boolean> {
  const begun = await db.execute(sql`
    update ${root} set erasing_at = coalesce(erasing_at, now())
    where id = ${id} and deleted_at < ${keptSince} returning id`);
  return begun.length > 0;
}

/** Those whose days are over, also when their erasure was begun. */
export async function dueToErase({ db }: Pick<Services, "db">, root: Root): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from ${root} where deleted_at < ${keptSince}`,
  );
  return rows.map(({ id }) => id);
}

/** What was done since the last name is committed: who stops there loses nothing of it. */
export async function* eraseTables(
  services: Services,
  { root, id }: { root: Root; id: string },
  own: ReadonlyMap<PgTable, EraseSome>,
) {
  for (const table of erasureOrder(root)) {
    const some = own.get(table) ?? (table === fileUploads ? uploadsOf(root) : rowsOf(table, root));
    while ((await some(services, id)) > 0) yield tableName(table);
    services.search.wake();
  }
}

const rowsOf =
  (table: PgTable, root: Root): EraseSome =>
  async ({ db }, id) => {
    const { count } = await db.execute(sql`
      delete from ${table} where ctid = any(array(
        select ${sql.identifier(tableName(table))}.ctid from ${table}
        where ${belongsTo(table, root, id)} limit ${BATCH}))`);
    return count;
  };

const uploadsOf =
  (root: Root): EraseSome =>
  async (services, id) => {
    const some = await services.db
      .select()
      .from(fileUploads)
      .where(belongsTo(fileUploads, root, id))
      .limit(OBJECTS);
    for (const upload of some) await dropUpload(services, upload);
    return some.length;
  };

/** The answers that are kept for retries hold what was changed. */
export const eraseAnswers = (gone: string) => sql`
  delete from ${mutations} where id in (select mutation_id from ${sql.identifier(gone)})`;
