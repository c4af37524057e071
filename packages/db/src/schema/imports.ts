import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { documents } from "./documents.ts";
import { projects } from "./projects.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

export const importFormats = ["github-json", "jira-csv", "trello-json", "csv"] as const;

export const importKinds = ["tasks", "documents", "workspace"] as const;
export const importStates = [
  "waiting",
  "reading",
  "writing",
  "done",
  "failed",
  "cancelled",
] as const;

export type TaskImportReport = {
  name: string | null;
  created: number;
  updated: number;
  unchanged: number;
  comments: number;
  statuses: string[];
  /**
   * Changed both here and in the file since the last import: both values, and which of them it is. The
   * first two hundred; not in reports of earlier versions.
   */
  conflicts?: {
    taskId: string;
    key: string;
    title: string;
    field: string;
    here: string;
    file: string;
    take: "here" | "file";
  }[];
  conflictCount?: number;
  /**
   * Ids of the file that stand for other tasks here, of what looks like another source; `answer`: what
   * somebody said of it. Unless it is `same` the file's tasks are new ones.
   */
  otherSource?: {
    ids: number;
    examples: { key: string; here: string; file: string }[];
    answer: "same" | "other" | null;
  } | null;
  /** What was not understood, row by row; the first thousand. */
  problems: {
    place: string;
    field: string | null;
    message: string;
    severity: "note" | "skipped";
  }[];
  problemCount: number;
};

export type DocumentImportReport = {
  documents: number;
  folders: number;
  files: number;
  linksResolved: number;
  linksUnresolved: number;
  /** What was left out or is not as it was, file by file; the first two thousand. */
  problems: { path: string; message: string; severity: "note" | "skipped" }[];
  problemCount: number;
};

export type WorkspaceImportReport = {
  /** As the archive says. */
  name: string;
  madeAt: string;
  /** Things by their kind, as in `{ tasks: 120, documents: 14 }`. */
  counts: Record<string, number>;
  /** Of all files, each content once. */
  bytes: number;
  /** Who becomes whom: the importer themself, or somebody who only stands beside their work. The first thousand. */
  people: { name: string; email: string; role: string | null; as: "you" | "former" }[];
  peopleCount: number;
  /** What is not as it was, in a sentence each. */
  notes: string[];
};

/**
 * Files of another system on their way: its tasks into a project, its documents into the tree; or a whole
 * workspace of another Guildhall into a new one.
 */
export const imports = pgTable(
  "imports",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    kind: text({ enum: importKinds }).notNull(),
    /** Of documents null when they come to stand in no project. */
    projectId: uuid().references(() => projects.id, { onDelete: "cascade" }),
    /** Below which documents come to stand. */
    parentId: uuid().references(() => documents.id, { onDelete: "cascade" }),
    format: text({ enum: importFormats }),
    /** Of `file_uploads`; of documents one, a zip or a document. */
    fileIds: uuid().array().notNull(),
    /** Column name or index → field of the task; for general CSV only. */
    mapping: jsonb().$type<Record<string, string>>(),
    /** What the person said of its days, times and statuses: `readingInput`. */
    reading: jsonb(),
    /** Whether ids that were seen in another file mean the same tasks; null when nobody was asked. */
    sameSource: boolean(),
    /** What becomes of fields that were changed here and there: `conflictsInput`. */
    conflicts: jsonb(),
    /** `dry`: says what would happen and writes no task. */
    mode: text({ enum: ["dry", "real"] }).notNull(),
    state: text({ enum: importStates }).notNull(),
    /** How often it was begun: one that ends every worker must not be begun for ever. */
    attempts: integer().notNull().default(0),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** What documents came as: the folder around all of them, or the one document. */
    rootId: uuid(),
    /** By its kind. */
    report: jsonb().$type<TaskImportReport | DocumentImportReport | WorkspaceImportReport>(),
    /** A sentence for people, and the stable reason. */
    error: jsonb().$type<{ reason: string; message: string }>(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [
    index("imports_project").on(t.projectId, t.createdAt),
    index("imports_workspace").on(t.workspaceId),
    index("imports_parent").on(t.parentId),
    // Asked every half minute by every worker, and nearly always empty.
    index("imports_unfinished")
      .on(t.createdAt)
      .where(sql`state in ('waiting', 'reading', 'writing')`),
    check("imports_place", sql`kind <> 'tasks' or ${t.projectId} is not null`),
  ],
);
