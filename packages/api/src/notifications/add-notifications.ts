/**
 * Makes notifications in the transaction of their cause: one statement finds everybody concerned who may
 * see the thing now, whatever their number, and inserts a row for each; a second reads them as their
 * people are told of them in the feed.
 */
import { schema, type Tx } from "@guildhall/db";
import { type NotificationKind, notificationChannels } from "@guildhall/db/lists";
import { sql } from "drizzle-orm";
import type { RecordedChange } from "../core/feed/change.ts";
import { type Concern, type Kind, kinds } from "./kinds.ts";
import {
  canViewSubject,
  followersOf,
  joinSubject,
  muted,
  participantsOf,
} from "./people-concerned.ts";
import { readNotifications } from "./queries.ts";

const { documents, members, notifications, notificationSettings, statuses, tasks } = schema;

/** What somebody may have to be told of. Without a task, document and project it is about the workspace. */
export type Cause = {
  kind: NotificationKind;
  concern: Concern & { cause: string };
  actorId: string | null;
  taskId?: string | null;
  documentId?: string | null;
  projectId?: string | null;
  commentId?: string | null;
  threadId?: string | null;
};

const order = Object.keys(kinds);

function toRow({ kind, concern, ...subject }: Cause) {
  const { people, cause, detail } = concern;
  const told: Kind = kinds[kind];
  return {
    n: order.indexOf(kind),
    kind,
    cause,
    detail: detail ?? null,
    actor_id: subject.actorId,
    task_id: subject.taskId ?? null,
    document_id: subject.documentId ?? null,
    project_id: subject.projectId ?? null,
    comment_id: subject.commentId ?? null,
    thread_id: subject.threadId ?? null,
    relation: Array.isArray(people) ? null : people,
    people: Array.isArray(people) ? people : null,
    channels: told.channels,
    // Everyone is nobody by name.
    even_if_muted: Boolean(told.evenIfMuted) && people !== "everyone",
    to_actor: told.toActor ?? false,
  };
}

/**
 * Returns the changes to be recorded. Of one thing a person hears once in one write, by the kind that
 * comes first; nobody of what they have done themselves, and nobody twice of the same cause.
 */
export async function addNotifications(
  tx: Tx,
  workspaceId: string,
  causes: Cause[],
): Promise<RecordedChange[]> {
  if (causes.length === 0) return [];
  const made = await tx.execute<{ id: string }>(sql`
    with concern as (
      select * from json_to_recordset(${JSON.stringify(causes.map(toRow))}::text::json) as c(
        n int, kind text, cause text, detail text, actor_id uuid, task_id uuid, document_id uuid,
        project_id uuid, comment_id uuid, thread_id uuid, relation text, people uuid[],
        channels text[], even_if_muted boolean, to_actor boolean)
    ), placed as (
      select c.*, ${workspaceId}::uuid as workspace_id,
        coalesce(c.project_id, t.project_id, d.project_id) as place_id
      from concern c left join ${tasks} t on t.id = c.task_id
      left join ${documents} d on d.id = c.document_id
    ), named as (
      select p.*, who.user_id from placed p cross join lateral (
        select unnest(p.people) as user_id
        union select f.user_id from ${followersOf("p")} f where p.relation = 'followers'
        union select f.user_id from ${participantsOf("p")} f where p.relation = 'participants'
        union select m.user_id from ${members} m
          where p.relation = 'everyone' and m.workspace_id = p.workspace_id
      ) who
      where who.user_id is not null and (p.to_actor or who.user_id is distinct from p.actor_id)
    ), concerned as (
      select distinct on (coalesce(n.task_id, n.document_id, n.project_id), n.user_id) n.*
      from named n ${joinSubject("n")}
      where ${canViewSubject("n")}
        and (n.even_if_muted or not ${muted("n", sql`n.user_id`)})
        and not exists (select from ${notifications} told
          where told.user_id = n.user_id and told.kind = n.kind and told.cause = n.cause)
      -- By name before as one of many.
      order by coalesce(n.task_id, n.document_id, n.project_id), n.user_id, n.n, n.relation nulls first
    )
    insert into ${notifications} (id, workspace_id, user_id, kind, cause, actor_id, task_id,
      document_id, project_id, comment_id, detail, channels)
    select gen_random_uuid(), workspace_id, user_id, kind, cause, actor_id, task_id, document_id,
      project_id, comment_id,
      case when kind = 'status' then (select name from ${statuses} s where s.id::text = c.detail)
        else detail end,
      array(
        select channel from unnest(${sql.param([...notificationChannels])}::text[]) channel
        where coalesce(
          (select is_on from ${notificationSettings} s where s.user_id = c.user_id
            and s.project_id = c.place_id and s.kind = c.kind and s.channel = channel.channel),
          (select is_on from ${notificationSettings} s where s.user_id = c.user_id
            and s.workspace_id = c.workspace_id and s.project_id is null and s.kind = c.kind
            and s.channel = channel.channel),
          channel = any(c.channels)))
    from concerned c
    on conflict (user_id, kind, cause) do nothing
    returning id`);
  if (made.length === 0) return [];
  const rows = await readNotifications(
    tx,
    made.map(({ id }) => id),
  );
  return rows.flatMap(({ row, userId: audienceUserId, scopeId, channels }): RecordedChange[] =>
    channels.includes("app")
      ? [
          {
            entity: "notification",
            id: row.id,
            op: "insert",
            row,
            audienceUserId,
            scopeId,
            workspaceId,
          },
        ]
      : [],
  );
}
