import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { checkAssignees, checkBlockers, checkLabels } from "./check-references.ts";

const { taskAssignees, taskLabels, taskDependencies } = schema;

type Home = { workspaceId: string; projectId: string };

const once = (ids: string[]) => [...new Set(ids)];

export async function setAssignees(tx: Tx, home: Home, taskId: string, userIds: string[]) {
  await checkAssignees(tx, home, userIds);
  await tx.delete(taskAssignees).where(eq(taskAssignees.taskId, taskId));
  if (userIds.length === 0) return;
  await tx.insert(taskAssignees).values(once(userIds).map((userId) => ({ taskId, userId })));
}

export async function setLabels(tx: Tx, home: Home, taskId: string, labelIds: string[]) {
  await checkLabels(tx, home, labelIds);
  await tx.delete(taskLabels).where(eq(taskLabels.taskId, taskId));
  if (labelIds.length === 0) return;
  await tx.insert(taskLabels).values(once(labelIds).map((labelId) => ({ taskId, labelId })));
}

export async function setBlockers(tx: Tx, home: Home, taskId: string, blockerIds: string[]) {
  await checkBlockers(tx, home, taskId, blockerIds);
  await tx.delete(taskDependencies).where(eq(taskDependencies.taskId, taskId));
  if (blockerIds.length === 0) return;
  await tx
    .insert(taskDependencies)
    .values(once(blockerIds).map((blockerId) => ({ taskId, blockerId })));
}
