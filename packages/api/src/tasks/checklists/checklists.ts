import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import {
  type Changing,
  type Checklist,
  changeChecklists,
  loadChecklist,
  MOST,
  ofChecklist,
  ofTask,
} from "./change-checklists.ts";
import { readChecklist } from "./queries.ts";
import { type Beside, ranksBeside } from "./rank.ts";

const { checklists } = schema;

const tooMany = () =>
  refused(
    "too_many_checklists",
    `Nothing was saved: a task can have ${MOST.checklists} checklists. Delete one that is no longer needed, then try again.`,
  );

type NewChecklist = Beside & { id?: string | undefined; taskId: string; title: string };

export const createChecklist = (ctx: MutationContext, input: NewChecklist) =>
  changeChecklists(ctx, ofTask(input.taskId), async (it) => {
    const { tx, task, userId, record } = it;
    const there = and(eq(checklists.taskId, task.id), isNull(checklists.deletedAt));
    if ((await tx.$count(checklists, there)) >= MOST.checklists) throw tooMany();
    const { id = uuidv7(), title } = input;
    const [rank = ""] = ranksBeside(await ranksOf(tx, task.id), input);
    await tx.insert(checklists).values({ id, taskId: task.id, title, rank, createdBy: userId });
    const row = await readChecklist(tx, id);
    record({ entity: "checklist", id, op: "insert", row });
    return row;
  });

/** Of all in the task, deleted ones too: they still say where. */
const ranksOf = (tx: Tx, taskId: string) =>
  tx
    .select({ id: checklists.id, rank: checklists.rank })
    .from(checklists)
    .where(eq(checklists.taskId, taskId));

export async function setOnChecklist(
  { tx, record }: Changing,
  id: string,
  values: Partial<Checklist>,
) {
  await tx.update(checklists).set(values).where(eq(checklists.id, id));
  const row = await readChecklist(tx, id);
  record({ entity: "checklist", id, op: "update", row });
  return row;
}

export const renameChecklist = (
  ctx: MutationContext,
  { id, title }: { id: string; title: string },
) =>
  changeChecklists(ctx, ofChecklist(id), async (it) => {
    await loadChecklist(it, id);
    return setOnChecklist(it, id, { title });
  });

export const moveChecklist = (ctx: MutationContext, { id, ...beside }: Beside & { id: string }) =>
  changeChecklists(ctx, ofChecklist(id), async (it) => {
    await loadChecklist(it, id);
    const others = (await ranksOf(it.tx, it.task.id)).filter((other) => other.id !== id);
    const [rank] = ranksBeside(others, beside);
    return setOnChecklist(it, id, { rank });
  });

/** With its items, which come back with it. */
export const deleteChecklist = (ctx: MutationContext, { id }: { id: string }) =>
  changeChecklists(ctx, ofChecklist(id), async (it) => {
    await loadChecklist(it, id);
    await setChecklistDeleted(it, id, new Date());
    return { id };
  });

export async function setChecklistDeleted(
  { tx, record }: Changing,
  id: string,
  deletedAt: Date | null,
) {
  await tx.update(checklists).set({ deletedAt }).where(eq(checklists.id, id));
  const row = deletedAt ? null : await readChecklist(tx, id);
  record({ entity: "checklist", id, op: deletedAt ? "delete" : "insert", row });
}
