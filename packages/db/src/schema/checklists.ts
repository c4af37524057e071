import { sql } from "drizzle-orm";
import { check, date, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, rankText } from "./columns.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";

const ofTask = () =>
  uuid()
    .notNull()
    .references(() => tasks.id, { onDelete: "cascade" });
const person = () => uuid().references(() => users.id, { onDelete: "set null" });

/** A task has several, each with a title. */
export const checklists = pgTable(
  "checklists",
  {
    id: uuid().primaryKey(),
    taskId: ofTask(),
    title: text().notNull(),
    rank: rankText().notNull(),
    sourceId: text(),
    createdBy: person(),
    createdAt: createdAt(),
    deletedAt: instant(),
  },
  (t) => [
    index("checklists_task").on(t.taskId, t.rank),
    uniqueIndex("checklists_source").on(t.taskId, t.sourceId),
    check("checklists_title_length", sql`char_length(${t.title}) between 1 and 200`),
  ],
);

/** What is ticked. One of a deleted checklist stays as it is, and is shown nowhere. */
export const checklistItems = pgTable(
  "checklist_items",
  {
    id: uuid().primaryKey(),
    checklistId: uuid()
      .notNull()
      .references(() => checklists.id, { onDelete: "cascade" }),
    /** The checklist's: what is counted and searched by task needs no join. */
    taskId: ofTask(),
    text: text().notNull(),
    rank: rankText().notNull(),
    doneAt: instant(),
    assigneeId: person(),
    /** yyyy-mm-dd */
    dueDate: date({ mode: "string" }),
    /** The task that it has become: done when that is. Its own text says what it was. */
    linkedTaskId: uuid().references(() => tasks.id, { onDelete: "set null" }),
    sourceId: text(),
    /** Of what an import brought, so that a later one sees what changed there. */
    sourceDigest: text(),
    createdBy: person(),
    createdAt: createdAt(),
    deletedAt: instant(),
  },
  (t) => [
    index("checklist_items_checklist").on(t.checklistId, t.rank),
    index("checklist_items_task").on(t.taskId),
    index("checklist_items_linked").on(t.linkedTaskId),
    index("checklist_items_assignee").on(t.assigneeId).where(sql`assignee_id is not null`),
    // Asked twice a minute for what is due.
    index("checklist_items_due").on(t.dueDate).where(sql`due_date is not null and done_at is null`),
    uniqueIndex("checklist_items_source").on(t.taskId, t.sourceId),
    check("checklist_items_text_length", sql`char_length(${t.text}) between 1 and 1000`),
  ],
);
