/**
 * Whom a guest sees: those who are named where they were let in.
 *
 * Problem: a guest needs the names of those they work with, and a workspace's list of members is not theirs.
 * Naive answer: everybody who may see the same things. In a project that is open to the workspace that is the
 * list of members again.
 * Choice: whoever was let into one of the guest's places by name, who made, is assigned or said something
 * there, who did something there lately, and who has told the guest something themselves. It is asked when
 * it is wanted, by the places' own keys: kept in rows, every write would have to keep it up.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { visibleScopes } from "../access.ts";
import { notFound } from "../errors.ts";

const { changes, checklistItems, comments, commentReactions, documents, documentMembers } = schema;
const { documentGroups, documentThreads, files, members, notifications } = schema;
const { projectGroups, projectMembers, taskAssigneeGroups, taskAssignees, tasks } = schema;

/** Of each project's feed so many changes are looked at for who made them. */
const LATELY = 500;
/** Of what does not go elsewhere later, to where the guest may not see it. */
const staying = sql.raw(`'{task,checklist,checklistItem,status,label,project}'::text[]`);

const inScopes = (scope: SQL) => sql`${scope} = any(scopes.ids)`;
const ofDocument = sql`coalesce(d.scope_path[1], d.project_id)`;

/** The ids of those whom the person of a row of `members` sees as a guest; only in raw SQL. */
export const peopleSeen: SQL<string[]> = sql<string[]>`array(
  with scopes as (select (${visibleScopes})::uuid[] as ids),
  seen_tasks as (select t.id, t.created_by from ${tasks} t, scopes
    where ${inScopes(sql`t.project_id`)} and t.deleted_at is null),
  seen_documents as (select d.id, d.created_by, d.updated_by from ${documents} d, scopes
    where ${inScopes(ofDocument)} and d.workspace_id = ${members.workspaceId} and d.deleted_at is null),
  seen_comments as (
    select c.id, c.author_id from ${comments} c join seen_tasks t on t.id = c.task_id
      where c.deleted_at is null
    union all
    select c.id, c.author_id from ${comments} c join ${documentThreads} th on th.id = c.thread_id
      join seen_documents d on d.id = th.document_id where c.deleted_at is null),
  people(id) as (
    select ${members.userId}
    union select m.user_id from ${projectMembers} m, scopes where ${inScopes(sql`m.project_id`)}
    union select m.user_id from ${documentMembers} m, scopes where ${inScopes(sql`m.document_id`)}
    union select created_by from seen_tasks
    union select a.user_id from ${taskAssignees} a join seen_tasks t on t.id = a.task_id
    union select i.assignee_id from ${checklistItems} i join seen_tasks t on t.id = i.task_id
      where i.deleted_at is null
    union select created_by from seen_documents
    union select updated_by from seen_documents
    union select author_id from seen_comments
    union select r.user_id from ${commentReactions} r join seen_comments c on c.id = r.comment_id
    union select f.created_by from ${files} f, scopes
      where ${inScopes(sql`f.project_id`)} and f.deleted_at is null
    union select f.created_by from ${files} f join seen_tasks t on t.id = f.task_id
      where f.deleted_at is null
    union select f.created_by from ${files} f join seen_documents d on d.id = f.document_id
      where f.deleted_at is null
    union select c.actor_id from scopes, unnest(scopes.ids) scope(id) cross join lateral (
      select actor_id from ${changes} c where c.project_id = scope.id and c.entity = any(${staying})
        order by c.seq desc limit ${sql.raw(String(LATELY))}) c
    union select n.actor_id from ${notifications} n
      where n.user_id = ${members.userId} and n.workspace_id = ${members.workspaceId}
  )
  select people.id::text from people where people.id is not null order by 1)`;

/** The ids of the groups that the person of a row of `members` sees as a guest: they are named in those places. */
const groupsSeen: SQL = sql`(
  with scopes as (select (${visibleScopes})::uuid[] as ids)
  select group_id from ${projectGroups}, scopes where ${inScopes(sql`project_id`)}
  union select group_id from ${documentGroups}, scopes where ${inScopes(sql`document_id`)}
  union select ag.group_id from scopes, ${taskAssigneeGroups} ag join ${tasks} t on t.id = ag.task_id
    where ${inScopes(sql`t.project_id`)} and t.deleted_at is null)`;

/** For a guest: which groups they see. */
export async function readGroupsSeen(q: Queryable, userId: string, workspaceId: string) {
  const rows = await q.execute<{ id: string }>(sql`
    select seen.group_id as id from ${members} cross join lateral ${groupsSeen} seen
    where ${members.workspaceId} = ${workspaceId} and ${members.userId} = ${userId}`);
  return rows.map(({ id }) => id);
}

type Member = { workspaceId: string; userId: string };

/** Null for who is no guest there: they see everybody. Empty for who is not there. */
export async function readPeopleSeen(
  q: Queryable,
  userId: string,
  workspaceId: string,
): Promise<ReadonlySet<string> | null> {
  const [row] = await q.execute<{ ids: string[] | null }>(sql`
    select case when ${members.role} = 'guest' then ${peopleSeen} end as ids from ${members}
    where ${members.workspaceId} = ${workspaceId} and ${members.userId} = ${userId}`);
  return row ? row.ids && new Set(row.ids) : new Set();
}

/** Somebody who is a member and whom this person sees: of others nothing is said, not even to an owner who is a guest. */
export async function loadMember(q: Queryable, askerId: string, { workspaceId, userId }: Member) {
  const [member] = await q
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)));
  const people = await readPeopleSeen(q, askerId, workspaceId);
  if (!member || (people && !people.has(userId))) throw notFound("member");
  return member;
}

/** Whether somebody is named to this person in any workspace that both are in. */
export async function seesPerson(q: Queryable, askerId: string, userId: string) {
  const shared = await q
    .select({ workspaceId: members.workspaceId, role: members.role })
    .from(members)
    .where(
      and(
        eq(members.userId, askerId),
        eq(members.awaitsFactor, false),
        sql`exists (select from ${members} other
          where other.workspace_id = "members"."workspace_id" and other.user_id = ${userId})`,
      ),
    );
  if (askerId === userId || shared.some(({ role }) => role !== "guest")) return true;
  for (const { workspaceId } of shared) {
    if ((await readPeopleSeen(q, askerId, workspaceId))?.has(userId)) return true;
  }
  return false;
}
