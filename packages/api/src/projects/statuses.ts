import { schema, sqlState, type Tx } from "@guildhall/db";
import { and, asc, eq, ne, sql } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import { loadProject } from "../core/access.ts";
import type { RecordChange } from "../core/change.ts";
import type { MutationContext } from "../core/context.ts";
import { conflict, notFound, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { moveTasksOfStatus } from "../tasks/move-tasks-of-status.ts";
import { readProject, type StatusCategory } from "./queries.ts";

const { projects, statuses, labels } = schema;

/** Statuses and labels are part of their project: each change of one is a change of the project. */
export async function changeProject<T>(
  ctx: MutationContext,
  projectId: string,
  change: (tx: Tx, record: RecordChange) => Promise<T>,
) {
  const userId = ctx.actor.user.id;
  const { workspaceId } = await loadProject(ctx.services.db, userId, projectId, "editor");
  try {
    return await write(ctx, workspaceId, async (tx, record) => {
      const { id } = await loadProject(tx, userId, projectId, "editor");
      // One at a time: two new statuses must not get the same rank.
      await tx.select().from(projects).where(eq(projects.id, id)).for("no key update");
      await change(tx, record);
      const row = await readProject(tx, id);
      record({ entity: "project", id, op: "update", row, projectId: id });
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw conflict("name_taken", "Nothing was changed: this project has one of that name already.");
  }
}

export async function projectOfStatus(ctx: MutationContext, statusId: string) {
  const [row] = await ctx.services.db.select().from(statuses).where(eq(statuses.id, statusId));
  if (!row) throw notFound("status");
  return row.projectId;
}

export async function projectOfLabel(ctx: MutationContext, labelId: string) {
  const [row] = await ctx.services.db.select().from(labels).where(eq(labels.id, labelId));
  if (!row) throw notFound("label");
  return row.projectId;
}

type NewStatus = { id?: string; projectId: string; name: string; category: StatusCategory };

export const createStatus = (ctx: MutationContext, input: NewStatus) =>
  changeProject(ctx, input.projectId, async (tx) => {
    const [last] = await tx
      .select({ rank: sql<string | null>`max(${statuses.rank})` })
      .from(statuses)
      .where(eq(statuses.projectId, input.projectId));
    const rank = generateKeyBetween(last?.rank ?? null, null);
    const { projectId, name, category } = input;
    await tx.insert(statuses).values({ id: input.id ?? uuidv7(), projectId, name, category, rank });
  });

type StatusPatch = {
  name?: string;
  category?: StatusCategory;
  /** Stand before this status; null for last. */
  beforeId?: string | null;
};

export async function updateStatus(
  ctx: MutationContext,
  input: { id: string; patch: StatusPatch },
) {
  const projectId = await projectOfStatus(ctx, input.id);
  return changeProject(ctx, projectId, async (tx) => {
    const { beforeId, ...fields } = input.patch;
    const rank =
      beforeId === undefined ? undefined : await rankBefore(tx, projectId, input.id, beforeId);
    const set = { ...fields, ...(rank && { rank }) };
    if (Object.keys(set).length === 0) return;
    await tx.update(statuses).set(set).where(eq(statuses.id, input.id));
  });
}

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
export async function deleteStatus(ctx: MutationContext, input: { id: string; moveTo: string }) {
  const projectId = await projectOfStatus(ctx, input.id);
  return changeProject(ctx, projectId, async (tx, record) => {
    const [to] = await tx
      .select()
      .from(statuses)
      .where(and(eq(statuses.id, input.moveTo), eq(statuses.projectId, projectId)));
    if (!to) throw notFound("status");
    if (to.id === input.id) throw refused("same_status", "Choose another status for its tasks.");
    await moveTasksOfStatus(tx, record, input.id, to);
    await tx.delete(statuses).where(eq(statuses.id, input.id));
  });
}
