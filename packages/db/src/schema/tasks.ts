import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rankText } from "./columns.ts";
import { priorities } from "./lists.ts";
import { labels, projects, statuses } from "./projects.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

/** What an import knew about a task that has no column of its own. */
export type TaskSource = {
  /** "GitHub", "Jira", "Trello", "CSV" */
  system: string;
  /** What people called it there: "#12", "ALOY-3". */
  key: string | null;
  url: string | null;
  reporter: string | null;
  /** Assignees who are not members here. */
  assignees: string[];
};

export const tasks = pgTable(
  "tasks",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    title: text().notNull(),
    /** Markdown. */
    description: text().notNull().default(""),
    statusId: uuid()
      .notNull()
      .references(() => statuses.id),
    priority: text({ enum: priorities }).notNull().default("none"),
    parentId: uuid().references((): AnyPgColumn => tasks.id, { onDelete: "set null" }),
    /** yyyy-mm-dd, a day and no moment: the same day in every zone. */
    startDate: date({ mode: "string" }),
    dueDate: date({ mode: "string" }),
    /** Points, or whatever the team counts in. */
    estimate: doublePrecision(),
    rank: rankText().notNull(),
    commentCount: integer().notNull().default(0),
    /** Items of its checklists, those of deleted ones aside. */
    checklistTotal: integer().notNull().default(0),
    checklistDone: integer().notNull().default(0),
    /** Rises with every change, so that a late answer never overwrites a newer row. */
    version: integer().notNull().default(1),
    source: jsonb().$type<TaskSource>(),
    sourceId: text(),
    /** Field → digest of what the import brought, so that a later one sees what changed there. */
    sourceFields: jsonb().$type<Record<string, string>>(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
    completedAt: instant(),
    archivedAt: instant(),
    archivedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    deletedAt: instant(),
    deletedBy: uuid().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    uniqueIndex("tasks_number").on(t.projectId, t.number),
    uniqueIndex("tasks_source").on(t.projectId, t.sourceId),
    index("tasks_former_key")
      .on(t.workspaceId, sql`upper(${t.source}->>'key')`)
      .where(sql`source is not null`),
    index("tasks_rank").on(t.projectId, t.statusId, t.rank),
    index("tasks_parent").on(t.parentId),
    index("tasks_workspace").on(t.workspaceId),
    // Asked twice a minute for what is due.
    index("tasks_due").on(t.dueDate).where(sql`due_date is not null and completed_at is null`),
    oneOf("tasks_priority", t.priority, priorities),
    check("tasks_days_in_order", sql`${t.startDate} <= ${t.dueDate}`),
    check("tasks_title_length", sql`char_length(${t.title}) between 1 and 500`),
  ],
);

export const taskAssignees = pgTable(
  "task_assignees",
  {
    taskId: uuid()
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.userId] }), index("task_assignees_user").on(t.userId)],
);

export const taskLabels = pgTable(
  "task_labels",
  {
    taskId: uuid()
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    labelId: uuid()
      .notNull()
      .references(() => labels.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.labelId] }), index("task_labels_label").on(t.labelId)],
);

/** `blockerId` has to be done before `taskId`. Never a circle. */
export const taskDependencies = pgTable(
  "task_dependencies",
  {
    taskId: uuid()
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    blockerId: uuid()
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.blockerId] }),
    index("task_dependencies_blocker").on(t.blockerId),
    check("task_dependencies_self", sql`${t.taskId} <> ${t.blockerId}`),
  ],
);
