/** Conflicts in words: both values as people read them. */
import { type Queryable, schema } from "@guildhall/db";
import { eq, inArray } from "drizzle-orm";
import type { Conflict } from "./compare-fields.ts";
import type { ConflictField, HereTask } from "./here-values.ts";
import { cutText } from "./parse/clean-text.ts";
import type { PlannedTask } from "./parse/plan.ts";
import type { ImportReport } from "./queries.ts";
import type { ResolvedTask } from "./resolve-tasks.ts";

const { projects, tasks, users } = schema;

/** In a report; the rest is decided all together. */
const MOST_LISTED = 200;
const LONGEST = 300;

type Described = NonNullable<ImportReport["conflicts"]>;
type Names = Map<string, string>;

export async function describeConflicts(q: Queryable, conflicts: Conflict[]): Promise<Described> {
  const listed = conflicts.slice(0, MOST_LISTED);
  const keys = await keysOf(
    q,
    listed.flatMap(({ here, task }) => [
      task.id,
      ...[here.parentId, task.parentId].filter((id) => id !== null),
      ...here.blockedByIds,
      ...task.blockedByIds,
    ]),
  );
  const people = await namesOf(
    q,
    listed.flatMap(({ here, task }) => [...here.assigneeIds, ...task.assigneeIds]),
  );
  return listed.map(({ field, here, task, take }) => ({
    taskId: task.id,
    key: keys.get(task.id) ?? "",
    title: here.title,
    field,
    here: shorten(HERE[field](here, { keys, people })),
    file: shorten(FILE[field](task, { keys, people })),
    take,
  }));
}

const shorten = (text: string) => (text.length > LONGEST ? `${cutText(text, LONGEST)}…` : text);

type Words = { keys: Names; people: Names };
const all = (ids: string[], names: Names) => ids.map((id) => names.get(id) ?? "?").join(", ");
const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? "";

const HERE: Record<ConflictField, (here: HereTask, words: Words) => string> = {
  title: ({ title }) => title,
  description: ({ description }) => description,
  status: ({ status }) => status,
  priority: ({ priority }) => priority,
  dueDate: ({ dueDate }) => dueDate ?? "",
  estimate: ({ estimate }) => estimate?.toString() ?? "",
  archivedAt: ({ archivedAt }) => day(archivedAt),
  assignees: ({ assigneeIds }, { people }) => all(assigneeIds, people),
  labels: ({ labels }) => labels.join(", "),
  parent: ({ parentId }, { keys }) => all(parentId ? [parentId] : [], keys),
  blockedBy: ({ blockedByIds }, { keys }) => all(blockedByIds, keys),
};

const plain = (of: (planned: PlannedTask) => string) => (task: ResolvedTask) => of(task.planned);

const FILE: Record<ConflictField, (task: ResolvedTask, words: Words) => string> = {
  title: plain(({ title }) => title),
  description: plain(({ description }) => description),
  status: plain(({ statusName }) => statusName),
  priority: plain(({ priority }) => priority),
  dueDate: plain(({ dueDate }) => dueDate ?? ""),
  estimate: plain(({ estimate }) => estimate?.toString() ?? ""),
  archivedAt: plain(({ archivedAt }) => day(archivedAt)),
  assignees: ({ assigneeIds }, { people }) => all(assigneeIds, people),
  labels: plain(({ labels }) => labels.map(({ name }) => name).join(", ")),
  parent: ({ parentId }, { keys }) => all(parentId ? [parentId] : [], keys),
  blockedBy: ({ blockedByIds }, { keys }) => all(blockedByIds, keys),
};

async function keysOf(q: Queryable, ids: string[]): Promise<Names> {
  if (ids.length === 0) return new Map();
  const rows = await q
    .select({ id: tasks.id, number: tasks.number, project: projects.key })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(inArray(tasks.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, number, project }) => [id, `${project}-${number}`]));
}

async function namesOf(q: Queryable, ids: string[]): Promise<Names> {
  if (ids.length === 0) return new Map();
  const rows = await q
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
