/**
 * Where what can be found comes from, one for each kind. Another kind: a line in `searchKinds`, its
 * triggers in a migration (0002_documents.sql has these), a source here and how it is shown in show-found.ts.
 */
import type { schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";

export type SearchKind = (typeof schema.searchKinds)[number];

type Source = {
  /** id, workspace_id, area_id, project_id, person_ids, state, updated_at; nothing that is deleted. */
  facts(ids: SQL): SQL;
  /** id, workspace_id, title, text. */
  texts(ids: SQL): SQL;
};

const people = (...ids: SQL[]) => sql`array_remove(array[${sql.join(ids, sql`, `)}]::uuid[], null)`;

/** What a task says: its description, and what stands in its checklists. `task`: a row of `tasks`. */
export const taskText = (task: SQL): SQL => sql`case when ${task}.checklist_total = 0
  then ${task}.description else concat_ws(E'\n\n', nullif(${task}.description, ''), (
    select string_agg(concat_ws(E'\n', l.title, (
      select string_agg(i.text, E'\n' order by i.rank, i.id) from checklist_items i
      where i.checklist_id = l.id and i.deleted_at is null
    )), E'\n\n' order by l.rank, l.id)
    from checklists l where l.task_id = ${task}.id and l.deleted_at is null)) end`;

const commentsAndSubjects = sql.raw(`comments c left join tasks t on t.id = c.task_id
  left join document_threads h on h.id = c.thread_id left join documents d on d.id = h.document_id`);

export const sources: Record<SearchKind, Source> = {
  task: {
    facts: (ids) => sql`
      select t.id, t.workspace_id, t.project_id as area_id, t.project_id,
        array(select a.user_id from task_assignees a where a.task_id = t.id)
          || array(select g.group_id from task_assignee_groups g where g.task_id = t.id)
          || ${people(sql`t.created_by`)} as person_ids,
        case when t.archived_at is not null then 'archived' when s.category = 'completed' then 'completed'
          when s.category = 'cancelled' then 'cancelled' else 'open' end as state,
        t.updated_at
      from tasks t join statuses s on s.id = t.status_id
      where t.id = any(${ids}) and t.deleted_at is null`,
    texts: (ids) => sql`
      select t.id, t.workspace_id, t.title, ${taskText(sql`t`)} as text from tasks t
      where t.id = any(${ids})`,
  },
  comment: {
    facts: (ids) => sql`
      select c.id, coalesce(t.workspace_id, d.workspace_id) as workspace_id,
        coalesce(t.project_id, d.scope_path[1], d.project_id) as area_id,
        coalesce(t.project_id, d.project_id) as project_id,
        ${people(sql`c.author_id`)} as person_ids,
        case when coalesce(t.archived_at, d.archived_at) is not null then 'archived' end as state,
        coalesce(c.edited_at, c.created_at) as updated_at
      from ${commentsAndSubjects}
      where c.id = any(${ids}) and c.deleted_at is null and t.deleted_at is null
        and d.deleted_at is null`,
    texts: (ids) => sql`
      select c.id, coalesce(t.workspace_id, d.workspace_id) as workspace_id, '' as title,
        c.body as text
      from ${commentsAndSubjects} where c.id = any(${ids})`,
  },
  document: {
    facts: (ids) => sql`
      select d.id, d.workspace_id, coalesce(d.scope_path[1], d.project_id) as area_id, d.project_id,
        ${people(sql`d.created_by`, sql`d.updated_by`)} as person_ids,
        case when d.archived_at is not null then 'archived' end as state, d.updated_at
      from documents d where d.id = any(${ids}) and d.deleted_at is null`,
    texts: (ids) => sql`
      select d.id, d.workspace_id, d.title, coalesce(x.text, '') as text
      from documents d left join document_texts x on x.document_id = d.id where d.id = any(${ids})`,
  },
  file: {
    facts: (ids) => sql`
      select f.id, f.workspace_id,
        coalesce(d.scope_path[1], d.project_id, t.project_id, f.project_id) as area_id,
        coalesce(d.project_id, t.project_id, f.project_id) as project_id,
        ${people(sql`f.created_by`, sql`f.changed_by`)} as person_ids,
        case when coalesce(d.archived_at, t.archived_at) is not null then 'archived' end as state,
        f.changed_at as updated_at
      from files f left join documents d on d.id = f.document_id left join tasks t on t.id = f.task_id
      where f.id = any(${ids}) and f.deleted_at is null and d.deleted_at is null
        and t.deleted_at is null`,
    texts: (ids) => sql`
      select f.id, f.workspace_id, f.name as title, coalesce(x.text, '') as text
      from files f left join file_texts x on x.object_id = f.object_id where f.id = any(${ids})`,
  },
};
