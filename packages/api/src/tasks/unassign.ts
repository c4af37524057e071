import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";
import type { RecordChange } from "../core/feed/change.ts";
import { unassignItems } from "./checklists/unassign-items.ts";
import { touchTasks } from "./touch.ts";

const { tasks, taskAssignees } = schema;

/** Takes a person off every task and checklist item of a workspace, as when they leave it. */
export async function unassignEverywhere(
  tx: Tx,
  record: RecordChange,
  { workspaceId, userId }: { workspaceId: string; userId: string },
) {
  const here = tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.workspaceId, workspaceId));
  const gone = await tx
    .delete(taskAssignees)
    .where(and(eq(taskAssignees.userId, userId), inArray(taskAssignees.taskId, here)))
    .returning({ id: taskAssignees.taskId });
  await touchTasks(
    tx,
    record,
    gone.map((g) => g.id),
  );
  await unassignItems(tx, record, { workspaceId, userId });
}
