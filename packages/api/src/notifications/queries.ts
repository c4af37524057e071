import { type Queryable, schema } from "@guildhall/db";
import type { FollowState, NotificationChannel, NotificationKind } from "@guildhall/db/lists";
import { type SQL, sql } from "drizzle-orm";
import { type Kind, kinds } from "./kinds.ts";
import { canViewSubject, hearsBy, joinSubject, muted, type Subject } from "./people-concerned.ts";

const { comments, documents, notifications, projects, tasks } = schema;

export type NotificationRow = {
  id: string;
  workspaceId: string;
  kind: NotificationKind;
  /** Who did it; null: nobody, as for a reminder, or somebody whose account is gone. */
  actorId: string | null;
  subject: Subject;
  /** The project that the subject stands in. */
  projectId: string | null;
  /** As the subject is called now: `APP-12`, of tasks alone, and its title or name. */
  key: string | null;
  title: string;
  commentId: string | null;
  threadId: string | null;
  /** The beginning of that comment, in Markdown. */
  excerpt: string | null;
  /** What its sentence needs beside names: a role, a status as it was called then. */
  detail: string | null;
  /** So many tasks at once, of which it tells together; null: of its subject alone. */
  things: number | null;
  at: Date;
  readAt: Date | null;
  doneAt: Date | null;
  /** Until then it is in no list of what is unread. */
  snoozedUntil: Date | null;
};

/** Of one person, whose alone it is; null: as it is for everybody. */
export type FollowRow = { subject: Subject; state: FollowState | null };

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    notification: NotificationRow;
    /** The change's id is the subject's. */
    follow: FollowRow;
  }
}

/** Of a comment, in characters. */
const EXCERPT = 280;

const columns = sql`
  n.id, n.workspace_id as "workspaceId", n.kind, n.actor_id as "actorId", n.task_id, n.document_id,
  n.project_id, ${projects.id} as "projectId", n.comment_id as "commentId",
  said.thread_id as "threadId", left(said.body, ${sql.raw(String(EXCERPT))}) as excerpt, n.detail,
  n.things,
  case when ${tasks.id} is not null then ${projects.key} || '-' || ${tasks.number} end as key,
  coalesce(${tasks.title}, ${documents.title}, ${projects.name}, '') as title,
  n.created_at as at, n.read_at as "readAt", n.done_at as "doneAt", n.snoozed_until as "snoozedUntil",
  n.user_id, n.channels, coalesce(${documents.scopePath}[1], ${projects.id}) as "scopeId"`;

const fromRows = (rows: SQL) => sql`from ${rows} n ${joinSubject("n")}
  left join ${comments} said on said.id = n.comment_id`;
const from = fromRows(sql`${notifications}`);

/** What its person may see now; of a deleted comment nothing is told. */
const visible = sql`${canViewSubject("n")} and said.deleted_at is null`;

type Read = Omit<NotificationRow, "subject"> & {
  task_id: string | null;
  document_id: string | null;
  project_id: string | null;
  user_id: string;
  channels: NotificationChannel[];
  scopeId: string | null;
};

export type AddressedNotification = {
  row: NotificationRow;
  userId: string;
  /** As of a change: a project, or a document with access of its own. */
  scopeId: string | null;
  channels: NotificationChannel[];
};

const date = (value: unknown) => (value === null ? null : new Date(value as string));

function toNotification(read: Read): AddressedNotification {
  const { task_id, document_id, project_id, user_id: userId, channels, scopeId, ...row } = read;
  const subject: Subject = task_id
    ? { entity: "task", id: task_id }
    : document_id
      ? { entity: "document", id: document_id }
      : project_id
        ? { entity: "project", id: project_id }
        : { entity: "workspace", id: row.workspaceId };
  const at = new Date(row.at);
  const times = {
    readAt: date(row.readAt),
    doneAt: date(row.doneAt),
    snoozedUntil: date(row.snoozedUntil),
  };
  return { row: { ...row, subject, at, ...times }, userId, scopeId, channels };
}

/** Of these, those that their people may see now. */
export async function readNotifications(
  q: Queryable,
  ids: string[],
): Promise<AddressedNotification[]> {
  const rows = await q.execute<Read>(sql`
    select ${columns} ${from}
    where n.id = any(${sql.param(ids)}::uuid[]) and ${visible} order by n.created_at, n.id`);
  return rows.map(toNotification);
}

/** Also to who has muted the thing; as one of everyone nobody is named. */
const byName = sql`n.kind = any(${sql.param(
  Object.entries<Kind>(kinds).flatMap(([kind, { evenIfMuted }]) => (evenIfMuted ? [kind] : [])),
)}::text[]) and n.cause not like '%/everyone'`;

type Message = { mailId: string } | { pushId: string };

/**
 * Of a mail, or of a message to devices, what its person may see now, has not read in the app and wants to
 * be told that way; the oldest first.
 */
export async function readTold(q: Queryable, message: Message, at: Date) {
  const [isIn, channel] =
    "mailId" in message
      ? [sql`m.mail_id = ${message.mailId}`, sql`'mail'`]
      : [sql`m.push_id = ${message.pushId}`, sql`'push'`];
  const rows = await q.execute<Read>(sql`
    select ${columns} ${fromRows(sql`(
      select m.*, coalesce(m.project_id, t.project_id, d.project_id) as place_id
      from ${notifications} m left join ${tasks} t on t.id = m.task_id
      left join ${documents} d on d.id = m.document_id
      where ${isIn} and m.read_at is null and m.done_at is null
        and (m.snoozed_until is null or m.snoozed_until <= ${at.toISOString()}::timestamptz))`)}
    where ${visible} and ${hearsBy("n", channel)}
      and ((${byName}) or not ${muted("n", sql`n.user_id`)})
    order by n.created_at, n.id`);
  return rows.map((row) => toNotification(row).row);
}

const isSnoozed = sql`coalesce(n.snoozed_until > now(), false)`;

const states = {
  unread: sql`n.read_at is null and n.done_at is null and not ${isSnoozed}`,
  all: sql`n.done_at is null`,
  done: sql`n.done_at is not null`,
} satisfies Record<string, SQL>;

export type NotificationState = keyof typeof states;
export const notificationStates = Object.keys(states) as [NotificationState];

type Asked = {
  workspaceId: string;
  state: NotificationState;
  cursor?: string | undefined;
  limit: number;
};

/** The newest first; how many are unread, of all; and when the next that is snoozed comes back. */
export async function listNotifications(
  q: Queryable,
  userId: string,
  { workspaceId, state, cursor, limit }: Asked,
) {
  const mine = sql`n.user_id = ${userId} and n.workspace_id = ${workspaceId}
    and 'app' = any(n.channels) and ${visible}`;
  const [at, id] = cursor?.split("/") ?? [];
  const after = cursor ? sql`and (n.created_at, n.id) < (${at}::timestamptz, ${id}::uuid)` : sql``;
  const [read, [counted]] = await Promise.all([
    q.execute<Read>(sql`
      select ${columns} ${from} where ${mine} and ${states[state]} ${after}
      order by n.created_at desc, n.id desc limit ${limit + 1}`),
    q.execute<{ unread: number; wakesAt: string | null }>(sql`
      select count(*) filter (where ${states.unread})::int as unread,
        min(n.snoozed_until) filter (where ${isSnoozed}) as "wakesAt"
      ${from} where ${mine} and n.read_at is null and n.done_at is null`),
  ]);
  const items = read.slice(0, limit).map((each) => toNotification(each).row);
  const last = items.at(-1);
  return {
    items,
    unread: counted?.unread ?? 0,
    wakesAt: date(counted?.wakesAt ?? null),
    nextCursor: read.length > limit && last ? `${last.at.toISOString()}/${last.id}` : null,
  };
}
