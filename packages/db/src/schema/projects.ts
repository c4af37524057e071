import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rankText } from "./columns.ts";
import { roles, statusCategories, visibilities } from "./lists.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

export const projects = pgTable(
  "projects",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** Two to ten capitals and digits, the front of `APP-123`. */
    key: text().notNull(),
    description: text().notNull().default(""),
    /** `private`: only those in project_members and the workspace's owners. */
    visibility: text({ enum: visibilities }).notNull().default("open"),
    /** The next task's number. Only ever rises, so that numbers are never used twice. */
    nextNumber: integer().notNull().default(1),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    archivedAt: instant(),
    archivedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** `#rrggbb`; null: it has none of its own. */
    color: text(),
    /** From which role on somebody may take its tasks out as a file; null: as in the workspace. */
    exporterRole: text({ enum: roles }),
    /** Nobody sees it any more (`projectRole` in access), and some days later all of it is erased. */
    deletedAt: instant(),
    deletedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** From then on it can't be brought back. */
    erasingAt: instant(),
  },
  (t) => [
    uniqueIndex("projects_key").on(t.workspaceId, t.key),
    index("projects_deleted").on(t.deletedAt).where(sql`deleted_at is not null`),
    check("projects_key_form", sql`${t.key} ~ '^[A-Z][A-Z0-9]{1,9}$'`),
  ],
);

/** Lets a person into a private project, or raises or lowers their role in an open one. */
export const projectMembers = pgTable(
  "project_members",
  {
    projectId: uuid()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What access is asked by: `personalRole`, else the strongest of their groups' (core/derive-roles.ts). */
    role: text({ enum: roles }).notNull(),
    /** Null: only through groups. */
    personalRole: text({ enum: roles }),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.userId] }),
    index("project_members_user").on(t.userId),
    oneOf("project_members_role", t.role, roles),
    oneOf("project_members_personal_role", t.personalRole, roles),
  ],
);

export const statuses = pgTable(
  "statuses",
  {
    id: uuid().primaryKey(),
    projectId: uuid()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    name: text().notNull(),
    category: text({ enum: statusCategories }).notNull(),
    rank: rankText().notNull(),
  },
  (t) => [
    uniqueIndex("statuses_name").on(t.projectId, sql`lower(${t.name})`),
    oneOf("statuses_category", t.category, statusCategories),
  ],
);

export const labels = pgTable(
  "labels",
  {
    id: uuid().primaryKey(),
    projectId: uuid()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** `#rrggbb` */
    color: text().notNull(),
  },
  (t) => [uniqueIndex("labels_name").on(t.projectId, sql`lower(${t.name})`)],
);
