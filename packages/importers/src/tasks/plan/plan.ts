/**
 * What every source is translated into before anything is written: one neutral list of tasks, the
 * statuses they need and everything that was not understood. A plan holds only text that Postgres
 * accepts (no NUL, no lone surrogate), and its parents and blockers form no circle.
 */

import type { Priority, StatusCategory } from "@guildhall/db/lists";
import type { OrderQuestion } from "../dates/day-order.ts";
import type { AmountField, ComparedField, DayField } from "./fields.ts";

export type ImportFormat = "github-json" | "jira-csv" | "trello-json" | "csv";

export type PlannedStatus = { name: string; category: StatusCategory };

export type PlannedComment = {
  /** Stable across exports of the same comment, so that a second import finds it again. */
  sourceId: string;
  author: string;
  /** Markdown. */
  body: string;
  createdAt: Date | null;
};

export type PlannedChecklist = {
  /** Stable across exports, as a comment's. */
  sourceId: string;
  /** One line, 1 to 200 characters. */
  title: string;
  items: PlannedItem[];
};

export type PlannedItem = {
  sourceId: string;
  /** One line, 1 to 1,000 characters. */
  text: string;
  isDone: boolean;
  /** "yyyy-mm-dd" */
  dueDate: string | null;
  assignee: { name: string; email: string | null } | null;
};

/**
 * Of which parts of the file each field is made: a column, a key of an object. A field that the file
 * has nothing for is not named, and says nothing about the task: it is not the same as an empty one.
 */
export type Brought = Partial<Record<ComparedField, string[]>>;

/** Its days are "yyyy-mm-dd". */
export type PlannedTask = Record<DayField, string | null> &
  Record<AmountField, number | null> & {
    /** Stable in the source system: "github:owner/repo#12", "jira:APP-12", "trello:<card>", "csv:…". */
    sourceId: string;
    /** What people call it there: "#12", "APP-12". */
    sourceKey: string | null;
    /** One line, 1 to 500 characters. */
    title: string;
    /** Markdown, up to 200,000 characters. */
    description: string;
    statusName: string;
    statusCategory: StatusCategory;
    priority: Priority;
    /** Colours are "#rrggbb". */
    labels: { name: string; color: string | null }[];
    assignees: { name: string; email: string | null }[];
    reporter: string | null;
    parentSourceId: string | null;
    /** May name tasks that are not in this plan (imported earlier, or never). */
    blockedBySourceIds: string[];
    createdAt: Date | null;
    updatedAt: Date | null;
    /** When it was closed; null unless the category is completed or cancelled. */
    completedAt: Date | null;
    archivedAt: Date | null;
    comments: PlannedComment[];
    /** At most 50, of 500 items in all. */
    checklists: PlannedChecklist[];
    url: string | null;
    /** What the file has for this task; and of fields that several parts make up, those not empty. */
    brings: Brought;
    filled: Brought;
    /** Where in the file: "row 12" (the header is row 1, as in a spreadsheet), "issues[3]". */
    place: string;
  };

export type ImportProblem = {
  place: string;
  field: string | null;
  message: string;
  /** "skipped": a whole task or comment was left out. */
  severity: "note" | "skipped";
};

export type ImportPlan = {
  format: ImportFormat;
  /** The program that wrote it, as people call it; null for a table that may be of any. */
  system: string | null;
  /** The repository, project or board, when the file says so. */
  name: string | null;
  /** The same for files with the same columns: one source writes them all alike. */
  shape: string;
  tasks: PlannedTask[];
  /** In the order of a board, left to right. */
  statuses: PlannedStatus[];
  problems: ImportProblem[];
  /** What a person has to say of its days; null where the file decides, or has none. */
  dayOrder: OrderQuestion | null;
};

export type ImportFile = { name: string; bytes: Uint8Array };
