import { schema, sendNow, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { checkAssignees, checkBlockers, checkLabels } from "./check-references.ts";

const { taskAssignees, taskLabels, taskDependencies } = schema;

type Home = { workspaceId: string; projectId: string };

const once = (ids: string[]) => [...new Set(ids)];

/** These travel with what was sent before them; to none, nothing is sent. */
export const addAssignees = async (tx: Tx, taskId: string, userIds: string[]) =>
  userIds.length === 0
    ? []
    : sendNow(
        tx,
        tx.insert(taskAssignees).values(once(userIds).map((userId) => ({ taskId, userId }))),
      );

export const addLabels = async (tx: Tx, taskId: string, labelIds: string[]) =>
  labelIds.length === 0
    ? []
    : sendNow(
        tx,
        tx.insert(taskLabels).values(once(labelIds).map((labelId) => ({ taskId, labelId }))),
      );

export const addBlockers = async (tx: Tx, taskId: string, blockerIds: string[]) =>
  blockerIds.length === 0
    ? []
    : sendNow(
        tx,
        tx
          .insert(taskDependencies)
          .values(once(blockerIds).map((blockerId) => ({ taskId, blockerId }))),
      );

export async function setAssignees(tx: Tx, home: Home, taskId: string, userIds: string[]) {
  await checkAssignees(tx, home, userIds);
  await tx.delete(taskAssignees).where(eq(taskAssignees.taskId, taskId));
  await addAssignees(tx, taskId, userIds);
}

export async function setLabels(tx: Tx, home: Home, taskId: string, labelIds: string[]) {
  await checkLabels(tx, home, labelIds);
  await tx.delete(taskLabels).where(eq(taskLabels.taskId, taskId));
  await addLabels(tx, taskId, labelIds);
}

export async function setBlockers(tx: Tx, home: Home, taskId: string, blockerIds: string[]) {
  await checkBlockers(tx, home, taskId, blockerIds);
  await tx.delete(taskDependencies).where(eq(taskDependencies.taskId, taskId));
  await addBlockers(tx, taskId, blockerIds);
}
