import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf } from "./columns.ts";
import { comments } from "./comments.ts";
import { documents } from "./documents.ts";
import { followStates, mailRhythms, notificationChannels, notificationKinds } from "./lists.ts";
import { projects } from "./projects.ts";
import { pushMessages } from "./push.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

const owner = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });
const workspace = () =>
  uuid()
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" });
const subject = {
  taskId: () => uuid().references(() => tasks.id, { onDelete: "cascade" }),
  documentId: () => uuid().references(() => documents.id, { onDelete: "cascade" }),
  projectId: () => uuid().references(() => projects.id, { onDelete: "cascade" }),
};

/** What happened to a mail; of `empty` there was nothing left that its person had to be told. */
export const mailStates = ["waiting", "sent", "empty", "refused"] as const;

/** A mail to one person of what they are told in one workspace; which of it, its notifications say. */
export const notificationMails = pgTable(
  "notification_mails",
  {
    /** Of its Message-ID too: sent again after an unclear answer, it is the same mail. */
    id: uuid().primaryKey(),
    userId: owner(),
    workspaceId: workspace(),
    createdAt: createdAt(),
    state: text({ enum: mailStates }).notNull().default("waiting"),
    /** How often it was tried in vain, and when it is tried next. */
    failures: integer().notNull().default(0),
    nextTryAt: instant().notNull().defaultNow(),
  },
  (t) => [
    oneOf("notification_mails_state", t.state, mailStates),
    index("notification_mails_person").on(t.userId, t.createdAt),
    index("notification_mails_workspace").on(t.workspaceId),
    index("notification_mails_waiting").on(t.nextTryAt).where(sql`state = 'waiting'`),
  ],
);

/** What one person is told about one thing; what they may not see (any longer) is not shown to them. */
export const notifications = pgTable(
  "notifications",
  {
    id: uuid().primaryKey(),
    workspaceId: workspace(),
    userId: owner(),
    kind: text({ enum: notificationKinds }).notNull(),
    /** What it is told because of, as in the id of a comment: of one cause a person hears once. */
    cause: text().notNull(),
    actorId: uuid().references(() => users.id, { onDelete: "set null" }),
    /** The thing that it is about; the workspace when it is none of these. */
    taskId: subject.taskId(),
    documentId: subject.documentId(),
    projectId: subject.projectId(),
    commentId: uuid().references(() => comments.id, { onDelete: "cascade" }),
    /** What its sentence needs beside names: a role, a status as it was called then. */
    detail: text(),
    /** So many tasks at once, of which it tells together; null: of its thing alone. */
    things: integer(),
    /** By what its person hears of it, as they had set it then. */
    channels: text({ enum: notificationChannels }).array().notNull(),
    createdAt: createdAt(),
    readAt: instant(),
    doneAt: instant(),
    snoozedUntil: instant(),
    /** It has yet to be told by mail: until it is, or was read. */
    mailWaits: boolean().notNull().default(false),
    /** In which it was told. */
    mailId: uuid().references(() => notificationMails.id, { onDelete: "set null" }),
    /** It has yet to be told on its person's devices; and the message in which it is. */
    pushWaits: boolean().notNull().default(false),
    pushId: uuid().references(() => pushMessages.id, { onDelete: "set null" }),
  },
  (t) => [
    check(
      "notifications_subject",
      sql`num_nonnulls(${t.taskId}, ${t.documentId}, ${t.projectId}) <= 1`,
    ),
    uniqueIndex("notifications_once").on(t.userId, t.kind, t.cause),
    index("notifications_list").on(t.userId, t.workspaceId, t.createdAt, t.id),
    index("notifications_unread")
      .on(t.userId, t.workspaceId)
      .where(sql`read_at is null and done_at is null`),
    index("notifications_task").on(t.taskId, t.kind),
    index("notifications_document").on(t.documentId, t.kind),
    index("notifications_project").on(t.projectId),
    index("notifications_comment").on(t.commentId),
    index("notifications_actor").on(t.actorId),
    index("notifications_mail_waits").on(t.userId, t.workspaceId).where(sql`mail_waits`),
    index("notifications_mail").on(t.mailId).where(sql`mail_id is not null`),
    index("notifications_push_waits").on(t.userId, t.workspaceId).where(sql`push_waits`),
    index("notifications_push").on(t.pushId).where(sql`push_id is not null`),
  ],
);

/** Whom somebody has said to be told of what happens to a thing, or not; without a row it is as for everybody. */
export const follows = pgTable(
  "follows",
  {
    userId: owner(),
    workspaceId: workspace(),
    taskId: subject.taskId(),
    documentId: subject.documentId(),
    projectId: subject.projectId(),
    state: text({ enum: followStates }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    oneOf("follows_state", t.state, followStates),
    check("follows_subject", sql`num_nonnulls(${t.taskId}, ${t.documentId}, ${t.projectId}) = 1`),
    uniqueIndex("follows_task").on(t.taskId, t.userId),
    uniqueIndex("follows_document").on(t.documentId, t.userId),
    uniqueIndex("follows_project").on(t.projectId, t.userId),
    index("follows_user").on(t.userId, t.workspaceId),
  ],
);

/** Where a person has set a kind otherwise than it is by itself; a project's comes before the workspace's. */
export const notificationSettings = pgTable(
  "notification_settings",
  {
    userId: owner(),
    workspaceId: workspace(),
    /** Null: all of the workspace. */
    projectId: subject.projectId(),
    kind: text({ enum: notificationKinds }).notNull(),
    channel: text({ enum: notificationChannels }).notNull(),
    isOn: boolean().notNull(),
  },
  (t) => [
    oneOf("notification_settings_channel", t.channel, notificationChannels),
    uniqueIndex("notification_settings_workspace")
      .on(t.userId, t.workspaceId, t.kind, t.channel)
      .where(sql`project_id is null`),
    uniqueIndex("notification_settings_project")
      .on(t.projectId, t.userId, t.kind, t.channel)
      .where(sql`project_id is not null`),
  ],
);

/** One person's, in every workspace. */
export const notificationPreferences = pgTable(
  "notification_preferences",
  {
    userId: owner().primaryKey(),
    /** As in `Europe/Berlin`; null: not known, and UTC. */
    timeZone: text(),
    /** `HH:MM` there: nothing interrupts from then on; null: at no time. */
    quietFrom: text(),
    quietTo: text(),
    mailRhythm: text({ enum: mailRhythms }).notNull().default("soon"),
    /** The hour of the day there at which a digest is sent. */
    digestHour: integer().notNull().default(10),
    /** What the mail server said when it refused this person's address for good; null: it did not. */
    mailRefusal: text(),
  },
  (t) => [
    oneOf("notification_preferences_mail_rhythm", t.mailRhythm, mailRhythms),
    check("notification_preferences_digest_hour", sql`${t.digestHour} between 0 and 23`),
    check("notification_preferences_quiet", sql`num_nulls(${t.quietFrom}, ${t.quietTo}) <> 1`),
  ],
);
