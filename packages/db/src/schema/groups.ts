import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, oneOf } from "./columns.ts";
import { documents } from "./documents.ts";
import { roles } from "./lists.ts";
import { projects } from "./projects.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

/** People of a workspace who are mentioned, assigned and let in together. */
export const groups = pgTable(
  "groups",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** For mentions: lower-case letters and digits, with hyphens between. */
    handle: text().notNull(),
    description: text().notNull().default(""),
    /** `#rrggbb` */
    color: text(),
    /** What its members are in the workspace at least; null: it gives none. */
    role: text({ enum: roles }),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("groups_name").on(t.workspaceId, sql`lower(${t.name})`),
    uniqueIndex("groups_handle").on(t.workspaceId, t.handle),
    oneOf("groups_role", t.role, roles),
  ],
);

/**
 * Only members of the workspace: who leaves it leaves its groups. No foreign key says so, as a deleted
 * workspace's members wait elsewhere (`deleted_members`) and come back into their groups.
 */
export const groupMembers = pgTable(
  "group_members",
  {
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The sign-in provider that put them there and takes them out again; null: somebody did by hand. */
    managedBy: text(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.groupId, t.userId] }),
    index("group_members_member").on(t.workspaceId, t.userId),
  ],
);

/** The role that a group has in a project; what it makes of each person is in `project_members`. */
export const projectGroups = pgTable(
  "project_groups",
  {
    projectId: uuid()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    role: text({ enum: roles }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.groupId] }),
    index("project_groups_group").on(t.groupId),
    oneOf("project_groups_role", t.role, roles),
  ],
);

/** The same of a document or folder and what is below it; of each person in `document_members`. */
export const documentGroups = pgTable(
  "document_groups",
  {
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    role: text({ enum: roles }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.groupId] }),
    index("document_groups_group").on(t.groupId),
    oneOf("document_groups_role", t.role, roles),
  ],
);

export const taskAssigneeGroups = pgTable(
  "task_assignee_groups",
  {
    taskId: uuid()
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.groupId] }),
    index("task_assignee_groups_group").on(t.groupId),
  ],
);
