import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { saysNothing } from "../core/patch.ts";
import { tasksWithLabel, touchTasks } from "../tasks/touch.ts";
import { changeProject, ofLabel, ofProject } from "./statuses.ts";

const { labels } = schema;

type NewLabel = { id?: string; projectId: string; name: string; color: string };

export const createLabel = (ctx: MutationContext, input: NewLabel) =>
  changeProject(ctx, ofProject(input.projectId), async (tx) => {
    const { projectId, name, color } = input;
    await tx.insert(labels).values({ id: input.id ?? uuidv7(), projectId, name, color });
  });

type LabelPatch = { name?: string; color?: string };

export const updateLabel = (ctx: MutationContext, input: { id: string; patch: LabelPatch }) =>
  changeProject(ctx, ofLabel(input.id), async (tx) => {
    if (saysNothing(input.patch)) return;
    await tx.update(labels).set(input.patch).where(eq(labels.id, input.id));
  });

/** Comes off every task that has it. */
export const deleteLabel = (ctx: MutationContext, input: { id: string }) =>
  changeProject(ctx, ofLabel(input.id), async (tx, record) => {
    const affected = await tasksWithLabel(tx, input.id);
    await tx.delete(labels).where(eq(labels.id, input.id));
    await touchTasks(tx, record, affected);
  });
