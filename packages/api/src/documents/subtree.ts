/**
 * A document with all that is below it, in statements over the whole of it: a folder of 20,000 is
 * moved by one. The text above a number of these functions is the same: the tree must be held.
 */
import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { RecordChange } from "../core/feed/change.ts";
import { readDocuments } from "./queries.ts";

const { documents } = schema;

/** To begin a statement with: `below` holds the ids of it and all below it, in the bin or not. */
export const withBelow = (id: string) => sql`with recursive below(id) as (
  select ${id}::uuid union all
  select child.id from ${documents} child join below on child.parent_id = below.id)`;

/** Whether `id` is `topId`, or stands somewhere below it. */
export async function isWithin(tx: Tx, id: string, topId: string): Promise<boolean> {
  const [row] = await tx.execute(sql`with recursive above(id, parent_id) as (
    select id, parent_id from ${documents} where id = ${id} union all
    select d.id, d.parent_id from ${documents} d join above on d.id = above.parent_id
  ) select 1 from above where id = ${topId}`);
  return row !== undefined;
}

type Root = { id: string; scopePath: string[] };
type Standing = { projectId: string | null; scopePath: string[] };
type Moved = { id: string; old_scope: string | null; new_scope: string | null; deleted: boolean };

/**
 * Gives a subtree the project and the access of where it stands now, and tells of each document by
 * whose readers it changed: gone from the old area, new in the new one. `scopePath`: the root's.
 */
export async function resettle(tx: Tx, record: RecordChange, root: Root, to: Standing) {
  const path = sql`${sql.param(to.scopePath)}::uuid[]`;
  const moved = await tx.execute<Moved>(sql`${withBelow(root.id)}, was as (
    select d.id, d.project_id, d.scope_path as path,
      d.scope_path[1:cardinality(d.scope_path) - ${root.scopePath.length}::int] || ${path} as next
    from ${documents} d join below on below.id = d.id
  ), told as (
    select *, coalesce(path[1], project_id) as old_scope,
      coalesce(next[1], ${to.projectId}::uuid) as new_scope,
      project_id is distinct from ${to.projectId}::uuid or path[1] is distinct from next[1] as shows
    from was
    where project_id is distinct from ${to.projectId}::uuid or path is distinct from next
  ), changed as (
    update ${documents} d set project_id = ${to.projectId}::uuid, scope_path = told.next,
      version = d.version + told.shows::int
    from told where d.id = told.id
    returning d.id, told.old_scope, told.new_scope, told.shows, d.deleted_at is not null as deleted
  ) select id, old_scope, new_scope, deleted from changed where shows`);
  const shown = moved.filter(({ deleted }) => !deleted);
  const rows = await readDocuments(
    tx,
    shown.map(({ id }) => id),
  );
  for (const { id, old_scope, new_scope } of shown) {
    const row = rows.get(id) ?? null;
    if (old_scope === new_scope) {
      record({ entity: "document", id, op: "update", row, scopeId: new_scope });
    } else {
      record({ entity: "document", id, op: "delete", row: null, scopeId: old_scope });
      record({ entity: "document", id, op: "insert", row, scopeId: new_scope });
    }
  }
  return { tells: (id: string) => rows.has(id) };
}
