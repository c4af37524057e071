/** What tasks are like here, to be compared with what a file brings for them. */
import { type Queryable, schema } from "@guildhall/db";
import { eq, inArray, sql } from "drizzle-orm";
import { digest, namesDigest } from "./field-digests.ts";
import { slices } from "./slices.ts";

const { labels, statuses, tasks, taskAssignees, taskDependencies, taskLabels } = schema;

/** Fields of which a person can have changed the value. */
export const CONFLICT_FIELDS = [
  "title",
  "description",
  "status",
  "priority",
  "dueDate",
  "estimate",
  "archivedAt",
  "assignees",
  "labels",
  "parent",
  "blockedBy",
] as const;

export type ConflictField = (typeof CONFLICT_FIELDS)[number];

const columns = {
  id: tasks.id,
  title: tasks.title,
  description: tasks.description,
  status: statuses.name,
  category: statuses.category,
  priority: tasks.priority,
  dueDate: tasks.dueDate,
  estimate: tasks.estimate,
  archivedAt: tasks.archivedAt,
  parentId: tasks.parentId,
  updatedAt: tasks.updatedAt,
  assigneeIds: sql<string[]>`array(
    select a.user_id::text from ${taskAssignees} a where a.task_id = ${tasks}.id order by 1)`,
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

/** As `digestFields` would have it of a file with these values. */
export const digestHere: Record<ConflictField, (here: HereTask) => string> = {
  title: ({ title }) => digest(title),
  description: ({ description }) => digest(description),
  status: ({ status }) => digest(status.toLowerCase()),
  priority: ({ priority }) => digest(priority),
  dueDate: ({ dueDate }) => digest(dueDate),
  estimate: ({ estimate }) => digest(estimate),
  archivedAt: ({ archivedAt }) => digest(archivedAt),
  assignees: ({ assigneeIds }) => digest(assigneeIds),
  labels: (here) => namesDigest(here.labels),
  parent: ({ parentId }) => digest(parentId),
  blockedBy: ({ blockedByIds }) => digest(blockedByIds),
};
