/** The statement that finds everybody concerned and inserts a notification for each. */
import { compileSql, schema } from "@guildhall/db";
import { notificationChannels } from "@guildhall/db/lists";
import { type Placeholder, type SQL, sql } from "drizzle-orm";
import {
  canViewSubject,
  followersOf,
  hearsBy,
  joinSubject,
  muted,
  participantsOf,
  type SubjectEntity,
} from "./people-concerned.ts";

const {
  documents,
  groupMembers,
  groups,
  members,
  notifications,
  pushSubscriptions,
  statuses,
  tasks,
} = schema;

/** Of more in one write somebody is told together, where the kind allows. */
const MOST = 20;

/** How people can stand to a thing; those who are named are asked for in each statement. */
export const relations = ["followers", "participants", "everyone"] as const;
type Relation = (typeof relations)[number];

const related = (about: SubjectEntity): Record<Relation, SQL> => ({
  followers: sql`select f.user_id from ${followersOf("p", about)} f`,
  participants: sql`select f.user_id from ${participantsOf("p")} f`,
  everyone: sql`select m.user_id from ${members} m where m.workspace_id = p.workspace_id`,
});

/** Who is in the groups among these ids, of those of the workspace. */
const inGroups = (ids: "p.people" | "p.authors") => sql`(
  select gm.user_id from ${groupMembers} gm
  where gm.group_id = any(${sql.raw(ids)}) and gm.workspace_id = p.workspace_id)`;

type Insert = ReturnType<typeof compileInsert>;
const compiled = new Map<string, Insert>();

/** For causes that are all about such a thing, and whose people stand to it in these ways. */
export function insertFor(about: SubjectEntity, asked: Relation[]): Insert {
  const name = [about, ...asked].join();
  const insert = compiled.get(name) ?? compileInsert(about, asked);
  compiled.set(name, insert);
  return insert;
}

type Given = "workspaceId" | "sendsMail" | "causes";

const compileInsert = (about: SubjectEntity, asked: Relation[]) =>
  compileSql<Given, { id: string }>(
    ["workspaceId", "sendsMail", "causes"],
    (at) => insert(at, about, asked),
    // Planned anew it took 3 ms a write, run 0.6.
    { keepsPlan: true },
  );

function insert(at: Record<Given, Placeholder>, about: SubjectEntity, asked: Relation[]): SQL {
  const people = [
    sql`select unnest(p.people) as user_id`,
    sql`select user_id from ${inGroups("p.people")} g`,
    ...asked.map(
      (relation) =>
        sql`select user_id from (${related(about)[relation]}) r
          where p.relation = ${sql.raw(`'${relation}'`)}`,
    ),
  ];
  return sql`
    with concern as (
      select * from json_to_recordset(${at.causes}::text::json) as c(
        n int, kind text, cause text, detail text, actor_id uuid, task_id uuid, document_id uuid,
        project_id uuid, comment_id uuid, thread_id uuid, relation text, people uuid[],
        authors uuid[], channels text[], even_if_muted boolean, to_actor boolean, gathers boolean)
    ), placed as (
      select c.*, ${at.workspaceId}::uuid as workspace_id,
        coalesce(c.project_id, t.project_id, d.project_id) as place_id
      from concern c left join ${tasks} t on t.id = c.task_id
      left join ${documents} d on d.id = c.document_id
    ), named as (
      select p.*, who.user_id from placed p cross join lateral (
        ${sql.join(people, sql` union `)}
      ) who
      where who.user_id is not null and (p.to_actor or who.user_id is distinct from p.actor_id)
        and who.user_id <> all(p.authors)
        and not exists (select from ${inGroups("p.authors")} g where g.user_id = who.user_id)
    ), concerned as (
      select distinct on (coalesce(n.task_id, n.document_id, n.project_id), n.user_id) n.*
      from named n ${joinSubject("n")}
      where ${canViewSubject("n", about)}
        and (n.even_if_muted or not ${muted("n", sql`n.user_id`)})
        and not exists (select from ${notifications} told
          where told.user_id = n.user_id and told.kind = n.kind and told.cause = n.cause)
      -- By name before as one of many.
      order by coalesce(n.task_id, n.document_id, n.project_id), n.user_id, n.n,
        n.relation nulls first, n.even_if_muted desc
    ), counted as (
      -- In one order, and each with how many there are of its kind for its person.
      select c.*, case when c.gathers then count(*) over its else 1 end > ${sql.raw(String(MOST))} as is_one_of_many,
        count(*) over its as things, row_number() over (its order by c.cause) as nth,
        min(c.place_id::text) over its = max(c.place_id::text) over its as is_one_place,
        min(c.detail) over its = max(c.detail) over its as is_one_detail
      from concerned c window its as (partition by c.user_id, c.kind)
    ), told as (
      select user_id, workspace_id, kind, cause, actor_id, channels, place_id, task_id, document_id,
        project_id, comment_id, detail, null::int as things
      from counted where not is_one_of_many
      union all
      select user_id, workspace_id, kind, cause, actor_id, channels, place_id, null, null,
        case when is_one_place then place_id end, null, case when is_one_detail then detail end, things
      from counted where is_one_of_many and nth = 1
    )
    insert into ${notifications} (id, workspace_id, user_id, kind, cause, actor_id, task_id,
      document_id, project_id, comment_id, detail, things, channels, mail_waits, push_waits)
    select gen_random_uuid(), workspace_id, user_id, kind, cause, actor_id, task_id, document_id,
      project_id, comment_id,
      case when kind = 'status' then (select name from ${statuses} s where s.id = c.detail::uuid)
        when kind = 'mentioned' then (select name from ${groups} g where g.id = c.detail::uuid)
        else detail end,
      things, heard.by, ${at.sendsMail}::boolean and 'mail' = any(heard.by),
      'push' = any(heard.by)
        and exists (select from ${pushSubscriptions} s where s.user_id = c.user_id)
    from told c cross join lateral (select array(
      select told.channel from unnest(${sql.param([...notificationChannels])}::text[]) as told(channel)
      where ${hearsBy("c", sql`told.channel`)}) as by) heard
    on conflict (user_id, kind, cause) do nothing
    returning id`;
}
