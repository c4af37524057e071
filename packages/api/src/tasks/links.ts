import { schema, sendNow, type Tx } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";
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

/** What is to be deleted, and what to be added, so that `now` becomes `wanted`. */
function difference(now: string[], wanted: string[]) {
  const [had, has] = [new Set(now), new Set(wanted)];
  return { gone: now.filter((id) => !has.has(id)), added: [...has].filter((id) => !had.has(id)) };
}

export async function setAssignees(tx: Tx, home: Home, taskId: string, userIds: string[]) {
  const { userId } = taskAssignees;
  const ofTask = eq(taskAssignees.taskId, taskId);
  const now = await tx.select({ id: userId }).from(taskAssignees).where(ofTask);
  const { gone, added } = difference(idsOf(now), userIds);
  await checkAssignees(tx, home, added);
  if (gone.length > 0) await tx.delete(taskAssignees).where(and(ofTask, inArray(userId, gone)));
  await addAssignees(tx, taskId, added);
}

export async function setLabels(tx: Tx, home: Home, taskId: string, labelIds: string[]) {
  const { labelId } = taskLabels;
  const ofTask = eq(taskLabels.taskId, taskId);
  const now = await tx.select({ id: labelId }).from(taskLabels).where(ofTask);
  const { gone, added } = difference(idsOf(now), labelIds);
  await checkLabels(tx, home, added);
  if (gone.length > 0) await tx.delete(taskLabels).where(and(ofTask, inArray(labelId, gone)));
  await addLabels(tx, taskId, added);
}

export async function setBlockers(tx: Tx, home: Home, taskId: string, blockerIds: string[]) {
  const { blockerId } = taskDependencies;
  const ofTask = eq(taskDependencies.taskId, taskId);
  const now = await tx.select({ id: blockerId }).from(taskDependencies).where(ofTask);
  const { gone, added } = difference(idsOf(now), blockerIds);
  await checkBlockers(tx, home, taskId, added);
  if (gone.length > 0)
    await tx.delete(taskDependencies).where(and(ofTask, inArray(blockerId, gone)));
  await addBlockers(tx, taskId, added);
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
