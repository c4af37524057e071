/** What tasks are like here, to be compared with what a file brings for them. */
import { type Queryable, schema } from "@guildhall/db";
import { eq, inArray, sql } from "drizzle-orm";
import { assigneeIds, valueColumns } from "../../tasks/queries.ts";
import { slices } from "./write/slices.ts";

const { labels, statuses, tasks, taskDependencies, taskLabels } = schema;

const columns = {
  ...valueColumns,
  id: tasks.id,
  status: statuses.name,
  category: statuses.category,
  archivedAt: tasks.archivedAt,
  parentId: tasks.parentId,
  updatedAt: tasks.updatedAt,
  assigneeIds,
  labels: sql<string[]>`array(
    select l.name from ${taskLabels} tl join ${labels} l on l.id = tl.label_id
    where tl.task_id = ${tasks}.id order by 1)`,
  blockedByIds: sql<string[]>`array(
    select d.blocker_id::text from ${taskDependencies} d where d.task_id = ${tasks}.id order by 1)`,
};

export type HereTask = Awaited<ReturnType<typeof readSome>>[number];

const readSome = (q: Queryable, ids: string[]) =>
  q
    .select(columns)
    .from(tasks)
    .innerJoin(statuses, eq(statuses.id, tasks.statusId))
    .where(inArray(tasks.id, ids));

export async function readHereTasks(q: Queryable, ids: string[]): Promise<Map<string, HereTask>> {
  const found = new Map<string, HereTask>();
  for (const slice of slices(ids)) {
    for (const task of await readSome(q, slice)) found.set(task.id, task);
  }
  return found;
}
