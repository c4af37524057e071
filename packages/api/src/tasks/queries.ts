import { compile, type Queryable, query, schema } from "@guildhall/db";
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNotNull,
  isNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { projectAccess, projectRole } from "../core/access.ts";
import { invariant } from "../core/errors.ts";
import { pick, valueProperties } from "./properties.ts";

const { workspaces, tasks, projects, members, projectMembers, statuses } = schema;
const { checklistItems, checklists, groupMembers } = schema;
const { taskAssigneeGroups, taskAssignees, taskLabels, taskDependencies } = schema;

const idList = (from: SQL): SQL<string[]> => sql<string[]>`array(${from})`;

/** Of people and of groups. */
export const assigneeIds = idList(
  sql`select a.user_id::text from ${taskAssignees} a where a.task_id = ${tasks}.id
    union all select g.group_id::text from ${taskAssigneeGroups} g where g.task_id = ${tasks}.id
    order by 1`,
);

/** Never told: how a task came here, and who put it away. */
const { sourceId, sourceFields, archivedBy, deletedAt, deletedBy, ...told } =
  getTableColumns(tasks);
const { description, ...short } = told;

/** The columns of a task's own row that people are told of. */
export const ownColumns = Object.keys(told) as (keyof typeof told)[];

/** Of the properties that stand in the task's own row and say all by themselves. */
export const valueColumns = pick(told, valueProperties);

/** A task as boards and lists know it: all but the description, which may be long. */
const taskColumns = {
  ...short,
  key: sql<string>`${projects.key} || '-' || ${tasks.number}`.as("key"),
  assigneeIds: assigneeIds.as("assignee_ids"),
  labelIds: idList(
    sql`select l.label_id::text from ${taskLabels} l where l.task_id = ${tasks}.id order by 1`,
  ).as("label_ids"),
  blockedByIds: idList(
    sql`select d.blocker_id::text from ${taskDependencies} d where d.task_id = ${tasks}.id order by 1`,
  ).as("blocked_by_ids"),
};

export const fullTaskColumns = { ...taskColumns, description };

/** For verbs that have already authorised. */
export const readTasks = (q: Queryable, ids: string[]) =>
  q
    .select(taskColumns)
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(inArray(tasks.id, ids));

export type TaskRow = Awaited<ReturnType<typeof readTasks>>[number];
export type Task = TaskRow & { description: string };

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    /** The description comes along only when it was part of the change: it may be 50 KB long. */
    task: TaskRow & { description?: string };
  }
}

const whole = compile(["id"], (at) =>
  query
    .select(fullTaskColumns)
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(eq(tasks.id, at.id)),
);

/** For verbs that have already authorised. */
export async function readTask(q: Queryable, id: string): Promise<Task> {
  const [row] = await whole(q, { id });
  return invariant(row, "a task that was just loaded");
}

type ListInput = {
  userId: string;
  projectId: string;
  cursor?: number | undefined;
  limit: number;
  archived: boolean;
};

const listed = compile(["userId", "projectId", "cursor", "limit", "archived"], (at) => {
  const on = projectAccess(at.userId);
  const page = query
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        sql`${tasks.projectId} = ${projects.id}`,
        isNull(tasks.deletedAt),
        or(isNull(tasks.archivedAt), sql`${at.archived}::boolean`),
        gt(tasks.number, at.cursor),
      ),
    )
    .orderBy(asc(tasks.number))
    .limit(at.limit)
    .as("page");
  const place = sql<string>`json_build_array(${workspaces.changeSeq}, ${workspaces.feedEpoch})::text`;
  return query
    .select({ place, task: taskColumns })
    .from(projects)
    .innerJoin(workspaces, eq(workspaces.id, projects.workspaceId))
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .leftJoinLateral(page, sql`true`)
    .leftJoin(tasks, eq(tasks.id, page.id))
    .where(and(eq(projects.id, at.projectId), isNotNull(projectRole)))
    .orderBy(asc(tasks.number));
});

/**
 * Tasks of one project in the order of their numbers, and where the feed stood then, in one
 * statement: it sees one moment. `cursor` is the last number seen; null when the project is hidden.
 */
export async function listTasks(q: Queryable, { cursor = 0, limit, ...input }: ListInput) {
  const rows = await listed(q, { ...input, cursor, limit: limit + 1 });
  const [first] = rows;
  if (!first) return null;
  const [seq, epoch] = JSON.parse(first.place) as [number, string];
  const items = rows.slice(0, limit).flatMap(({ task }) => (task ? [task] : []));
  const nextCursor = rows.length > limit ? (items.at(-1)?.number ?? null) : null;
  return { items, nextCursor, seq, epoch };
}

/** Tasks of a workspace in every project that this person may see. */
export function visibleTasks(
  q: Queryable,
  userId: string,
  workspaceId: string,
  where: SQL | undefined,
) {
  const on = projectAccess(userId);
  return q
    .select(taskColumns)
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        eq(tasks.workspaceId, workspaceId),
        isNull(tasks.deletedAt),
        isNotNull(projectRole),
        where,
      ),
    );
}

const FINISHED_KEPT_DAYS = 14;

/** Assigned to this person, by name or with a group of theirs, or with an open checklist item that is. */
export const isMine = (userId: string) => sql`(exists (select from ${taskAssignees} a
    where a.task_id = ${tasks.id} and a.user_id = ${userId})
    or exists (select from ${taskAssigneeGroups} g join ${groupMembers} gm on gm.group_id = g.group_id
      where g.task_id = ${tasks.id} and gm.user_id = ${userId})
    or exists (select from ${checklistItems} i join ${checklists} l on l.id = i.checklist_id
      where i.task_id = ${tasks.id} and i.assignee_id = ${userId} and i.done_at is null
        and i.deleted_at is null and l.deleted_at is null))`;

export const isOpen = sql`exists (select from ${statuses} s
  where s.id = ${tasks.statusId} and s.category not in ('completed', 'cancelled'))`;

/** What is mine: all that is open, and what was finished in the last two weeks. */
export function myTasks(q: Queryable, userId: string, workspaceId: string) {
  const recent = sql`${tasks.completedAt} > now() - make_interval(days => ${FINISHED_KEPT_DAYS})`;
  return visibleTasks(
    q,
    userId,
    workspaceId,
    and(isMine(userId), isNull(tasks.archivedAt), or(isOpen, recent)),
  ).orderBy(asc(tasks.dueDate), desc(tasks.updatedAt));
}

/** What was imported and called so where it came from: people go on saying it. As the index has it. */
export const wasCalled = (workspaceId: string, key: string): SQL | undefined =>
  and(
    eq(tasks.workspaceId, workspaceId),
    isNotNull(tasks.source),
    sql`upper(${tasks.source}->>'key') = ${key.toUpperCase()}`,
  );

/**
 * `APP-12`, if this person may see it; else the task that was called so where it came from, of several
 * the first that came.
 */
export async function findTaskByKey(
  q: Queryable,
  userId: string,
  input: { workspaceId: string; key: string },
) {
  const { workspaceId, key } = input;
  const [, projectKey, number] = /^([A-Za-z][A-Za-z0-9_]{0,19})-(\d{1,9})$/.exec(key) ?? [];
  if (!projectKey || !number) return null;
  const where = and(eq(projects.key, projectKey.toUpperCase()), eq(tasks.number, Number(number)));
  const [row] = await visibleTasks(q, userId, workspaceId, where);
  if (row) return row;
  const former = visibleTasks(q, userId, workspaceId, wasCalled(workspaceId, key));
  const [first] = await former.orderBy(asc(tasks.id));
  return first ?? null;
}
