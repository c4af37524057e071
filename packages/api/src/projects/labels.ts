import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { invariant } from "../core/errors.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { tasksWithLabel, touchTasks } from "../tasks/touch.ts";
import { changePart, ofLabel, ofProject, refuseTooMany } from "./parts.ts";

const { labels } = schema;

type NewLabel = { id?: string; projectId: string; name: string; color: string };

export const createLabel = (ctx: MutationContext, input: NewLabel) =>
  changePart(ctx, ofProject(input.projectId), async (tx, { tell }) => {
    const { projectId, name, color } = input;
    await refuseTooMany(tx, "labels", projectId);
    const id = input.id ?? uuidv7();
    const added = await tx.insert(labels).values({ id, projectId, name, color }).returning();
    const row = invariant(added[0], "it was just added");
    tell({ entity: "label", id, op: "insert", row });
    return row;
  });

type LabelPatch = { name?: string; color?: string };

export const updateLabel = (ctx: MutationContext, input: { id: string; patch: LabelPatch }) =>
  changePart(ctx, ofLabel(input.id), async (tx, { tell }) => {
    const { id, patch } = input;
    if (!isEmptyPatch(patch)) await tx.update(labels).set(patch).where(eq(labels.id, id));
    const [changed] = await tx.select().from(labels).where(eq(labels.id, id));
    const row = invariant(changed, "it was found, and its project is held");
    tell({ entity: "label", id, op: "update", row });
    return row;
  });

/** Comes off every task that has it. */
export const deleteLabel = (ctx: MutationContext, { id }: { id: string }) =>
  changePart(ctx, ofLabel(id), async (tx, { tell, record }) => {
    const affected = await tasksWithLabel(tx, id);
    await tx.delete(labels).where(eq(labels.id, id));
    await touchTasks(tx, record, affected);
    tell({ entity: "label", id, op: "delete", row: null });
    return { id };
  });
