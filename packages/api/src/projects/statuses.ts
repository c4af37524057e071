import { schema, sqlState, type Tx } from "@guildhall/db";
import { and, asc, eq, ne, sql } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import { loadProject } from "../core/access.ts";
import type { RecordChange } from "../core/change.ts";
import type { MutationContext } from "../core/context.ts";
import { asMissing, conflict, notFound, refused } from "../core/errors.ts";
import { saysNothing } from "../core/patch.ts";
import { write } from "../core/write.ts";
import { moveTasksOfStatus } from "../tasks/move-tasks-of-status.ts";
import { readProject, type StatusCategory } from "./queries.ts";

const { projects, statuses, labels } = schema;

/** Finds the project of what is changed; in the transaction, so that a repeated delete finds its answer first. */
type FindProject = (tx: Tx) => Promise<string>;
type Part = { projectId: FindProject; what: "project" | "status" | "label" };

export const ofProject = (id: string): Part => ({ projectId: async () => id, what: "project" });

export const ofStatus = (id: string): Part => ({
  what: "status",
  projectId: async (tx) => {
    const [row] = await tx.select().from(statuses).where(eq(statuses.id, id));
    if (!row) throw notFound("status");
    return row.projectId;
  },
});

export const ofLabel = (id: string): Part => ({
  what: "label",
  projectId: async (tx) => {
    const [row] = await tx.select().from(labels).where(eq(labels.id, id));
    if (!row) throw notFound("label");
    return row.projectId;
  },
});

/** Statuses and labels are part of their project: each change of one is a change of the project. */
export async function changeProject(
  ctx: MutationContext,
  part: Part,
  change: (tx: Tx, record: RecordChange, projectId: string) => Promise<void>,
) {
  const userId = ctx.actor.user.id;
  try {
    return await write(ctx, null, async (tx, record) => {
      const asked = await part.projectId(tx);
      const { id, workspaceId } = await loadProject(tx, userId, asked, "editor").catch(
        asMissing(part.what),
      );
      // One at a time: two new statuses must not get the same rank.
      await tx.select().from(projects).where(eq(projects.id, id)).for("no key update");
      await change(tx, (each) => record({ workspaceId, ...each }), id);
      const row = await readProject(tx, id);
      record({ workspaceId, entity: "project", id, op: "update", row, within: id });
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw conflict(
      "name_taken",
      "Nothing was changed: this project already has one with that name.",
    );
  }
}

type NewStatus = { id?: string; projectId: string; name: string; category: StatusCategory };

export const createStatus = (ctx: MutationContext, input: NewStatus) =>
  changeProject(ctx, ofProject(input.projectId), async (tx) => {
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

export const updateStatus = (ctx: MutationContext, input: { id: string; patch: StatusPatch }) =>
  changeProject(ctx, ofStatus(input.id), async (tx, _record, projectId) => {
    const { beforeId, ...fields } = input.patch;
    const rank =
      beforeId === undefined ? undefined : await rankBefore(tx, projectId, input.id, beforeId);
    const set = { ...fields, ...(rank && { rank }) };
    if (saysNothing(set)) return;
    await tx.update(statuses).set(set).where(eq(statuses.id, input.id));
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
  changeProject(ctx, ofStatus(input.id), async (tx, record, projectId) => {
    const [to] = await tx
      .select()
      .from(statuses)
      .where(and(eq(statuses.id, input.moveTo), eq(statuses.projectId, projectId)));
    if (!to) throw notFound("status");
    if (to.id === input.id) throw refused("same_status", "Choose another status for its tasks.");
    await moveTasksOfStatus(tx, record, input.id, to);
    await tx.delete(statuses).where(eq(statuses.id, input.id));
  });
