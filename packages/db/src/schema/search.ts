import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  index,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

export const searchKinds = ["task", "document", "comment", "file"] as const;
export const searchStates = ["open", "completed", "cancelled", "archived"] as const;

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * What can be found, made from the rows of the other tables in the background and never the truth:
 * a backup leaves it out. Its rows are kept narrow (0002_documents.sql), so that a question that
 * half of everything answers still reads few pages.
 */
export const searchEntries = pgTable(
  "search_entries",
  {
    kind: text({ enum: searchKinds }).notNull(),
    id: uuid().notNull(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** As `within` of a change: who may see this project or document may see it; null is everybody. */
    areaId: uuid(),
    projectId: uuid(),
    /** Who wrote it, and whose work it is. */
    personIds: uuid().array().notNull(),
    /** Of tasks; of others only whether they are archived. */
    state: text({ enum: searchStates }),
    updatedAt: instant().notNull(),
    titleWords: tsvector().notNull(),
    /** Of the title and the text. */
    words: tsvector().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.id] }),
    index("search_entries_workspace").on(t.workspaceId),
    // No index on anything that a moved card changes: such an update then touches no index at all.
    index("search_entries_words").using("gin", t.titleWords, t.words),
  ],
);

/** Words that occur in a workspace, for parts of words and for slips of the finger. */
export const searchWords = pgTable(
  "search_words",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    word: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.word] }),
    index("search_words_parts").using("gin", sql`${t.word} gin_trgm_ops`),
  ],
);

/** What has changed since it was made findable; written by triggers, so that no verb forgets it. */
export const searchQueue = pgTable("search_queue", {
  n: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text({ enum: searchKinds }).notNull(),
  id: uuid().notNull(),
  /** Whether its text may have changed, and not only where it stands or in which state it is. */
  words: boolean().notNull(),
});

/** What Meilisearch has to be told, in order; kept only while there is one. */
export const searchLog = pgTable("search_log", {
  n: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text({ enum: searchKinds }).notNull(),
  id: uuid().notNull(),
});

/** How far an index outside has come. */
export const searchCursors = pgTable("search_cursors", {
  /** Address and name of the index. */
  target: text().primaryKey(),
  /** The last line of `search_log` that it knows; null while it is built anew. */
  n: bigint({ mode: "number" }),
  /** One worker feeds it at a time, for as long as it says so again before this moment. */
  heldBy: uuid(),
  heldUntil: instant(),
});
