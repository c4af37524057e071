import { schema, sqlState, type Tx } from "@guildhall/db";
import { asc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadProject } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { idTaken, must, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { checkParent } from "./check-references.ts";
import type { TaskPatch } from "./fields.ts";
import { setAssignees, setBlockers, setLabels } from "./links.ts";
import { readTask } from "./queries.ts";
import { holdColumn, rankAt, rankFirst } from "./rank.ts";

const { projects, statuses, tasks } = schema;

export type NewTask = TaskPatch & {
  id?: string;
  projectId: string;
  title: string;
  /** Where in its column; `bottom` unless said. */
  place?: "top" | "bottom";
};

export async function createTask(ctx: MutationContext, input: NewTask) {
  const userId = ctx.actor.user.id;
  const { workspaceId } = await loadProject(ctx.services.db, userId, input.projectId, "editor");
  const id = input.id ?? uuidv7();
  try {
    return await write(ctx, workspaceId, async (tx, record) => {
      const project = await loadProject(tx, userId, input.projectId, "editor");
      if (project.archivedAt)
        throw refused(
          "project_archived",
          "Nothing was saved: this project is archived. Restore it first.",
        );
      await insertTask(tx, { ...input, id, workspaceId, createdBy: userId });
      const row = await readTask(tx, id);
      record({ entity: "task", id, op: "insert", row, projectId: row.projectId });
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw idTaken(error);
  }
}

async function insertTask(
  tx: Tx,
  input: NewTask & { id: string; workspaceId: string; createdBy: string },
) {
  const { assigneeIds, labelIds, blockedByIds, place, ...fields } = input;
  const home = { projectId: input.projectId, workspaceId: input.workspaceId };
  const number = await takeNumber(tx, input.projectId);
  const status = await holdColumn(
    tx,
    input.projectId,
    input.statusId ?? (await firstStatus(tx, input.projectId)),
  );
  const column = { projectId: input.projectId, statusId: status.id };
  const rank =
    place === "top"
      ? await rankFirst(tx, column.projectId, column.statusId)
      : await rankAt(tx, column, input.id);
  await checkParent(tx, home, input.id, input.parentId ?? null);
  await tx.insert(tasks).values({
    ...fields,
    statusId: status.id,
    number,
    rank,
    ...(status.category === "completed" && { completedAt: sql`now()` }),
  });
  await setAssignees(tx, home, input.id, assigneeIds ?? []);
  await setLabels(tx, home, input.id, labelIds ?? []);
  await setBlockers(tx, home, input.id, blockedByIds ?? []);
}

/** The row lock gives each number once, and a rollback gives it to the next. */
async function takeNumber(tx: Tx, projectId: string): Promise<number> {
  const [row] = await tx
    .update(projects)
    .set({ nextNumber: sql`${projects.nextNumber} + 1` })
    .where(eq(projects.id, projectId))
    .returning({ next: projects.nextNumber });
  return must(row, "the project was just loaded").next - 1;
}

/** The first unstarted status, or the first there is. */
async function firstStatus(tx: Tx, projectId: string): Promise<string> {
  const [row] = await tx
    .select({ id: statuses.id })
    .from(statuses)
    .where(eq(statuses.projectId, projectId))
    .orderBy(sql`${statuses.category} <> 'unstarted'`, asc(statuses.rank))
    .limit(1);
  return must(row, "a project has a status").id;
}
