import { schema, type Tx } from "@guildhall/db";
import { and, asc, eq, ne, sql } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { invariant, notFound, refused } from "../core/errors.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { moveTasksOfStatus } from "../tasks/move-tasks-of-status.ts";
import { changePart, ofProject, ofStatus, refuseTooMany } from "./parts.ts";
import type { StatusCategory } from "./queries.ts";

const { statuses } = schema;

type NewStatus = { id?: string; projectId: string; name: string; category: StatusCategory };

export const createStatus = (ctx: MutationContext, input: NewStatus) =>
  changePart(ctx, ofProject(input.projectId), async (tx, { tell }) => {
    await refuseTooMany(tx, "statuses", input.projectId);
    const [last] = await tx
      .select({ rank: sql<string | null>`max(${statuses.rank})` })
      .from(statuses)
      .where(eq(statuses.projectId, input.projectId));
    const rank = generateKeyBetween(last?.rank ?? null, null);
    const { projectId, name, category } = input;
    const id = input.id ?? uuidv7();
    const added = await tx
      .insert(statuses)
      .values({ id, projectId, name, category, rank })
      .returning();
    const row = invariant(added[0], "it was just added");
    tell({ entity: "status", id, op: "insert", row });
    return row;
  });

type StatusPatch = {
  name?: string;
  category?: StatusCategory;
  /** Stand before this status; null for last. */
  beforeId?: string | null;
};

export const updateStatus = (ctx: MutationContext, input: { id: string; patch: StatusPatch }) =>
  changePart(ctx, ofStatus(input.id), async (tx, { projectId, tell }) => {
    const { id } = input;
    const { beforeId, ...fields } = input.patch;
    const rank = beforeId === undefined ? undefined : await rankBefore(tx, projectId, id, beforeId);
    const set = { ...fields, ...(rank && { rank }) };
    if (!isEmptyPatch(set)) await tx.update(statuses).set(set).where(eq(statuses.id, id));
    const [changed] = await tx.select().from(statuses).where(eq(statuses.id, id));
    const row = invariant(changed, "it was found, and its project is held");
    tell({ entity: "status", id, op: "update", row });
    return row;
  });

async function rankBefore(tx: Tx, projectId: string, movedId: string, beforeId: string | null) {
  const others = await tx
    .select()
    .from(statuses)
    .where(and(eq(statuses.projectId, projectId), ne(statuses.id, movedId)))
    .orderBy(asc(statuses.rank), asc(statuses.id));
  const at = beforeId === null ? others.length : others.findIndex((s) => s.id === beforeId);
  if (at < 0) throw notFound("status");
  return generateKeyBetween(others[at - 1]?.rank ?? null, others[at]?.rank ?? null);
}

/** Its tasks move to another status of the project; the last status stays. */
export const deleteStatus = (ctx: MutationContext, input: { id: string; moveTo: string }) =>
  changePart(ctx, ofStatus(input.id), async (tx, { projectId, tell, record }) => {
    const [to] = await tx
      .select()
      .from(statuses)
      .where(and(eq(statuses.id, input.moveTo), eq(statuses.projectId, projectId)));
    if (!to) throw notFound("status");
    if (to.id === input.id) throw refused("same_status", "Choose another status for its tasks.");
    await moveTasksOfStatus(tx, record, input.id, to);
    await tx.delete(statuses).where(eq(statuses.id, input.id));
    tell({ entity: "status", id: input.id, op: "delete", row: null });
    return { id: input.id };
  });
