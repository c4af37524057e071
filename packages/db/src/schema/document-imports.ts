import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { documents } from "./documents.ts";
import { projects } from "./projects.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

export type DocumentImportReport = {
  documents: number;
  folders: number;
  files: number;
  linksResolved: number;
  linksUnresolved: number;
  /** What was left out or is not as it was, file by file; the first five thousand. */
  problems: { path: string; message: string; severity: "note" | "skipped" }[];
  problemCount: number;
};

export const documentImportStates = [
  "waiting",
  "reading",
  "writing",
  "done",
  "failed",
  "cancelled",
] as const;

/** A folder or a file of documents on its way into the tree. */
export const documentImports = pgTable(
  "document_imports",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid().references(() => projects.id, { onDelete: "cascade" }),
    parentId: uuid().references(() => documents.id, { onDelete: "cascade" }),
    /** Of `import_files`: a zip, or one document. */
    fileId: uuid().notNull(),
    state: text({ enum: documentImportStates }).notNull(),
    /** How often it was begun: one that ends every worker must not be begun for ever. */
    attempts: integer().notNull().default(0),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** What it made: the folder around all of it, or the one document. */
    rootId: uuid(),
    report: jsonb().$type<DocumentImportReport>(),
    /** A sentence for people, and the stable reason. */
    error: jsonb().$type<{ reason: string; message: string }>(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [
    index("document_imports_workspace").on(t.workspaceId),
    index("document_imports_project").on(t.projectId),
    index("document_imports_parent").on(t.parentId),
    // Asked every half minute by every worker, and nearly always empty.
    index("document_imports_unfinished")
      .on(t.createdAt)
      .where(sql`state in ('waiting', 'reading', 'writing')`),
  ],
);
