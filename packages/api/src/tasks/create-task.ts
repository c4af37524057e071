import { schema, sendNow, sqlState, type Tx } from "@guildhall/db";
import { asc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadProject } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { idTaken, invariant, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { checkDays } from "./check-days.ts";
import { checkParent, siblings } from "./check-references.ts";
import { copyChecklists } from "./checklists/copy-checklists.ts";
import type { TaskPatch } from "./fields.ts";
import { addToList, splitLists, taskLists } from "./links.ts";
import { readTask, type Task } from "./queries.ts";
import { holdEdge } from "./rank.ts";

const { projects, statuses, tasks } = schema;

export type NewTask = TaskPatch & {
  id?: string;
  projectId: string;
  title: string;
  /** Where in its column; `bottom` unless said. */
  place?: "top" | "bottom";
  /**
   * What to do about a person, label, parent or blocker that cannot be given (any more): refuse the
   * task, or make it without. A copy is made without, as what it copies may refer to what is gone.
   */
  unavailable?: "refuse" | "omit";
  /** A task of the same project whose checklists it gets a copy of. */
  checklistsOf?: string;
};

export async function createTask(ctx: MutationContext, input: NewTask) {
  const userId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  try {
    return await write(ctx, null, async (tx, record) => {
      const project = await loadProject(tx, userId, input.projectId, "editor");
      if (project.archivedAt)
        throw refused(
          "project_archived",
          "Nothing was saved: this project is archived. Restore it first.",
        );
      const { workspaceId, id: projectId } = project;
      const { checklistsOf, ...given } = input;
      const row = await insertTask(tx, { ...given, id, workspaceId, createdBy: userId });
      record({ entity: "task", id, op: "insert", row, scopeId: projectId, workspaceId });
      if (checklistsOf) {
        await copyChecklists({ tx, task: row, userId, record }, checklistsOf);
        return readTask(tx, id);
      }
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw idTaken(error);
  }
}

type Insert = Omit<NewTask, "checklistsOf"> & {
  id: string;
  workspaceId: string;
  createdBy: string;
};

/**
 * Others who add to this column wait from `holdEdge` to the commit, and all who add to the project
 * from the number on: so whatever can be checked is checked before, and the rest travels together.
 */
async function insertTask(tx: Tx, input: Insert): Promise<Task> {
  const { place = "bottom", unavailable = "refuse", ...given } = input;
  const { id, projectId } = input;
  const checked = unavailable === "omit" ? await available(tx, given) : given;
  const { lists, columns: fields } = splitLists(checked);
  checkDays(fields);
  await checkParent(tx, input, id, fields.parentId ?? null);
  for (const { name, ids } of lists) await taskLists[name].check(tx, input, id, ids);
  const column = { projectId, statusId: input.statusId ?? (await firstStatus(tx, projectId)) };
  const { status, rank } = await holdEdge(tx, column, { movedId: id, place });
  const completedAt = status.category === "completed" ? sql`now()` : null;
  const sent = [
    takeNumber(tx, projectId),
    sendNow(
      tx,
      tx.insert(tasks).values({
        ...fields,
        statusId: status.id,
        number: sql`(select next_number - 1 from ${projects} where id = ${projectId})`,
        rank,
        completedAt,
      }),
    ),
    ...lists.map(({ name, ids }) => addToList(tx, name, id, ids)),
  ];
  const [row] = await Promise.all([readTask(tx, id), ...sent]);
  return row;
}

async function available<T extends Insert>(tx: Tx, input: T): Promise<T> {
  const { lists, columns } = splitLists(input);
  const [parentId = null] = columns.parentId ? await siblings(tx, input, [columns.parentId]) : [];
  const kept: T = { ...input, parentId };
  for (const { name, ids } of lists) kept[name] = await taskLists[name].available(tx, input, ids);
  return kept;
}

/** The row lock gives each number once, and a rollback gives it to the next. */
const takeNumber = (tx: Tx, projectId: string) =>
  sendNow(
    tx,
    tx
      .update(projects)
      .set({ nextNumber: sql`${projects.nextNumber} + 1` })
      .where(eq(projects.id, projectId)),
  );

/** The first unstarted status, or the first there is. */
async function firstStatus(tx: Tx, projectId: string): Promise<string> {
  const [row] = await tx
    .select({ id: statuses.id })
    .from(statuses)
    .where(eq(statuses.projectId, projectId))
    .orderBy(sql`${statuses.category} <> 'unstarted'`, asc(statuses.rank))
    .limit(1);
  return invariant(row, "a project has a status").id;
}
