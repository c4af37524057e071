import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { RecordChange } from "../../core/feed/change.ts";
import { recordItems } from "./record-items.ts";

const { checklistItems, tasks } = schema;

/** Takes a person off every checklist item of a workspace, as when they leave it. */
export async function unassignItems(
  tx: Tx,
  record: RecordChange,
  { workspaceId, userId }: { workspaceId: string; userId: string },
) {
  const gone = await tx.execute<{ id: string }>(sql`
    update ${checklistItems} i set assignee_id = null from ${tasks} t
    where t.id = i.task_id and t.workspace_id = ${workspaceId} and i.assignee_id = ${userId}
    returning i.id`);
  await recordItems(
    tx,
    record,
    gone.map(({ id }) => id),
  );
}
