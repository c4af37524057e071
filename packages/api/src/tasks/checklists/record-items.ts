import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { RecordChange } from "../../core/feed/change.ts";
import { readItems } from "./queries.ts";

const { checklistItems, checklists, tasks } = schema;

/** Records an update for each item as it stands, of whatever task; of deleted ones nobody needs to hear. */
export async function recordItems(tx: Tx, record: RecordChange, ids: string[]) {
  if (ids.length === 0) return;
  const places = await tx.execute<{ id: string; scopeId: string; workspaceId: string }>(sql`
    select i.id, t.project_id as "scopeId", t.workspace_id as "workspaceId"
    from ${checklistItems} i join ${checklists} l on l.id = i.checklist_id
    join ${tasks} t on t.id = i.task_id
    where i.id = any(${sql.param(ids)}::uuid[])
      and i.deleted_at is null and l.deleted_at is null and t.deleted_at is null`);
  const placeOf = new Map(places.map(({ id, ...place }) => [id, place]));
  for (const row of await readItems(tx, [...placeOf.keys()])) {
    record({ entity: "checklistItem", id: row.id, op: "update", row, ...placeOf.get(row.id) });
  }
}
