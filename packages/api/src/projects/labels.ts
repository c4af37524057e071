import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { tasksWithLabel, touchTasks } from "../tasks/touch.ts";
import { changeProject, projectOfLabel } from "./statuses.ts";

const { labels } = schema;

type NewLabel = { id?: string; projectId: string; name: string; color: string };

export const createLabel = (ctx: MutationContext, input: NewLabel) =>
  changeProject(ctx, input.projectId, async (tx) => {
    const { projectId, name, color } = input;
    await tx.insert(labels).values({ id: input.id ?? uuidv7(), projectId, name, color });
  });

type LabelPatch = { name?: string; color?: string };

export async function updateLabel(ctx: MutationContext, input: { id: string; patch: LabelPatch }) {
  return changeProject(ctx, await projectOfLabel(ctx, input.id), async (tx) => {
    if (Object.keys(input.patch).length === 0) return;
    await tx.update(labels).set(input.patch).where(eq(labels.id, input.id));
  });
}

/** Comes off every task that has it. */
export async function deleteLabel(ctx: MutationContext, input: { id: string }) {
  return changeProject(ctx, await projectOfLabel(ctx, input.id), async (tx, record) => {
    const affected = await tasksWithLabel(tx, input.id);
    await tx.delete(labels).where(eq(labels.id, input.id));
    await touchTasks(tx, record, affected);
  });
}
