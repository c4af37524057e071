/** Who is concerned by something, in SQL: each of these is joined to rows of `placed` (add-notifications.ts). */
import { schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import { documentRole, projectRole } from "../core/access.ts";

const {
  checklistItems,
  comments,
  documents,
  documentThreads,
  follows,
  groupMembers,
  members,
  notifications,
  notificationSettings,
} = schema;
const { projects, taskAssigneeGroups, taskAssignees, tasks } = schema;

/** What a notification, or a follow, is about. */
export type Subject = { entity: SubjectEntity; id: string };
export type SubjectEntity = "task" | "document" | "project" | "workspace";

/** And not as one of everyone, who would each hear of all that is said there from then on. */
const byName = sql`cause not like '%/everyone'`;

/**
 * Whoever is assigned to it, by name or with a group, or to one of its checklist items, made it, spoke about it or was named in it, and whoever follows it or its
 * project. Asked anew each time: so nothing has to be kept when somebody is assigned or speaks.
 * `subject` gives task_id, document_id, project_id and place_id, the project that it stands in.
 * `about`: what all of its rows are about; without it Postgres asks all of them whatever they are.
 */
export const followersOf = (subject: string, about?: SubjectEntity): SQL => {
  const s = sql.identifier(subject);
  const ofTask = sql`
    select user_id from ${taskAssignees} where task_id = ${s}.task_id
    union select gm.user_id from ${taskAssigneeGroups} ag
      join ${groupMembers} gm on gm.group_id = ag.group_id where ag.task_id = ${s}.task_id
    union select assignee_id from ${checklistItems}
      where task_id = ${s}.task_id and assignee_id is not null and deleted_at is null
    union select created_by from ${tasks} where id = ${s}.task_id
    union select author_id from ${comments} where task_id = ${s}.task_id and deleted_at is null
    union select user_id from ${notifications}
      where task_id = ${s}.task_id and kind = 'mentioned' and ${byName}
    union select user_id from ${follows} where task_id = ${s}.task_id and state = 'follow'`;
  const ofDocument = sql`
    select created_by as user_id from ${documents} where id = ${s}.document_id
    union select said.author_id from ${comments} said
      join ${documentThreads} thread on thread.id = said.thread_id
      where thread.document_id = ${s}.document_id and said.deleted_at is null
    union select user_id from ${notifications}
      where document_id = ${s}.document_id and kind = 'mentioned' and ${byName}
    union select user_id from ${follows} where document_id = ${s}.document_id and state = 'follow'`;
  const ofProject = sql`
    select user_id from ${follows} where project_id = ${s}.place_id and state = 'follow'`;
  const asked = [
    ...(about === undefined || about === "task" ? [ofTask] : []),
    ...(about === undefined || about === "document" ? [ofDocument] : []),
    ofProject,
  ];
  return sql`(${sql.join(asked, sql` union `)})`;
};

/** Whoever has spoken in a thread: a document's, or that of the comment on a task which begins it. */
export const participantsOf = (subject: string): SQL => {
  const thread = sql`${sql.identifier(subject)}.thread_id`;
  return sql`(
    select author_id as user_id from ${comments} where thread_id = ${thread} and deleted_at is null
    union select author_id from ${comments} where root_id = ${thread} and deleted_at is null
    union select author_id from ${comments}
      where id = ${thread} and task_id is not null and deleted_at is null)`;
};

/** What somebody has said about the thing itself comes before what they said about its project. */
export const muted = (subject: string, userId: SQL): SQL => {
  const s = sql.identifier(subject);
  return sql`(coalesce(
    (select state from ${follows} where user_id = ${userId} and (task_id = ${s}.task_id
      or document_id = ${s}.document_id or project_id = ${s}.project_id) limit 1),
    (select state from ${follows} where user_id = ${userId} and project_id = ${s}.place_id),
    'follow') = 'mute')`;
};

/**
 * Whether its person hears of it by a channel, as they have set it now. `row` has a kind, a user_id, a
 * workspace_id, a place_id, and the channels by which they hear of it unless they have.
 */
export const hearsBy = (row: string, channel: SQL): SQL => {
  const r = sql.identifier(row);
  const set = (place: SQL) => sql`(select is_on from ${notificationSettings} s
    where s.user_id = ${r}.user_id and ${place} and s.kind = ${r}.kind and s.channel = ${channel})`;
  return sql`coalesce(
    ${set(sql`s.project_id = ${r}.place_id`)},
    ${set(sql`s.workspace_id = ${r}.workspace_id and s.project_id is null`)},
    ${channel} = any(${r}.channels))`;
};

/**
 * What to join so that `canViewSubject` can be asked of rows that have a task_id, document_id,
 * project_id, workspace_id and the person's user_id. Raw, as drizzle's builder would leave tables off.
 */
export const joinSubject = (row: string): SQL => {
  const r = sql.identifier(row);
  return sql`
    join ${members} on ${members.workspaceId} = ${r}.workspace_id and ${members.userId} = ${r}.user_id
    left join ${tasks} on ${tasks.id} = ${r}.task_id
    left join ${documents} on ${documents.id} = ${r}.document_id
    left join ${projects} on ${projects.id} = coalesce(${tasks.projectId}, ${documents.projectId}, ${r}.project_id)
    left join ${schema.projectMembers} on ${schema.projectMembers.projectId} = ${projects.id}
      and ${schema.projectMembers.userId} = ${r}.user_id`;
};

const canView = {
  document: sql`${documents.deletedAt} is null and ${documentRole} is not null`,
  task: sql`${tasks.deletedAt} is null and ${projectRole} is not null`,
  project: sql`${projectRole} is not null`,
  workspace: sql`not ${members.awaitsFactor}`,
} satisfies Record<SubjectEntity, SQL>;

/** Whether its person may see what it is about, now. Needs `joinSubject`; `about` as above. */
export const canViewSubject = (row: string, about?: SubjectEntity): SQL => {
  const r = sql.identifier(row);
  if (about) return sql`(${canView[about]})`;
  return sql`(case
    when ${r}.document_id is not null then ${canView.document}
    when ${r}.task_id is not null then ${canView.task}
    when ${r}.project_id is not null then ${canView.project}
    else ${canView.workspace} end)`;
};
