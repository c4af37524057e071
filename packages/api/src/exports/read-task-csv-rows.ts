import { type Queryable, schema } from "@guildhall/db";
import { writeChecklists } from "@guildhall/importers/tasks";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { readProject } from "../projects/queries.ts";
import { textsOf } from "../tasks/properties.ts";
import { fullTaskColumns } from "../tasks/queries.ts";
import { namesOfAssignees } from "../workspaces/groups/assignee-names.ts";
import type { TaskCsvRow } from "./tasks-csv.ts";

const { checklistItems, checklists, projects, taskAssignees, tasks } = schema;

type Wanted = {
  projectId: string;
  archived: boolean;
  /** Only what this person made or is assigned to. */
  of?: string;
};

/** In the order of their numbers. For who has already been authorised. */
export async function readTaskCsvRows(
  q: Queryable,
  { projectId, archived, of }: Wanted,
): Promise<TaskCsvRow[]> {
  const project = await readProject(q, projectId);
  const rows = await q
    .select(fullTaskColumns)
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(
      and(
        eq(tasks.projectId, projectId),
        isNull(tasks.deletedAt),
        archived ? undefined : isNull(tasks.archivedAt),
        of === undefined ? undefined : isTaskOf(of),
      ),
    )
    .orderBy(asc(tasks.number));
  const people = await namesOfAssignees(
    q,
    rows.flatMap((row) => row.assigneeIds),
  );
  const lists = await readChecklistsOf(q, projectId);
  const statuses = new Map(project.statuses.map(({ id, name }) => [id, name]));
  const labels = new Map(project.labels.map(({ id, name }) => [id, name]));
  const keys = new Map(rows.map(({ id, key }) => [id, key]));
  const nameIn = (names: Map<string, string>) => (id: string) => names.get(id) ?? null;
  const names = {
    status: nameIn(statuses),
    person: nameIn(people),
    label: nameIn(labels),
    task: nameIn(keys),
  };
  return rows.map(({ key, createdAt, completedAt, archivedAt, source, ...row }) => {
    const texts = textsOf(row, names);
    // Who is no member is still who the imported task was assigned to.
    const assigneeIds = [...texts.assigneeIds, ...(source?.assignees ?? [])];
    const checklists = writeChecklists(lists.get(row.id) ?? []);
    return {
      key,
      checklists,
      createdAt,
      completedAt,
      archivedAt,
      texts: { ...texts, assigneeIds },
    };
  });
}

/** They made it, or are assigned to it. */
export const isTaskOf = (userId: string) => sql`(${tasks.createdBy} = ${userId} or exists (
  select from ${taskAssignees} a where a.task_id = ${tasks.id} and a.user_id = ${userId}))`;

type List = { title: string; items: { text: string; isDone: boolean }[] };

async function readChecklistsOf(q: Queryable, projectId: string): Promise<Map<string, List[]>> {
  const rows = await q.execute<{ taskId: string; lists: List[] }>(sql`
    select l.task_id as "taskId", json_agg(json_build_object('title', l.title, 'items', (
      select coalesce(json_agg(json_build_object('text', i.text, 'isDone', i.done_at is not null)
        order by i.rank, i.id), '[]')
      from ${checklistItems} i where i.checklist_id = l.id and i.deleted_at is null
    )) order by l.rank, l.id) as lists
    from ${checklists} l join ${tasks} t on t.id = l.task_id
    where t.project_id = ${projectId} and l.deleted_at is null group by l.task_id`);
  return new Map(rows.map(({ taskId, lists }) => [taskId, lists]));
}
