import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { documents } from "./documents.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";

/** A conversation about a range of a document's text. */
export const documentThreads = pgTable(
  "document_threads",
  {
    id: uuid().primaryKey(),
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    /** Yjs relative positions in base64: they stay with their text, whatever is written around it. */
    anchor: jsonb().$type<{ from: string; to: string }>().notNull(),
    /** The text that it was about when it was begun; shown when that text is gone. */
    quote: text().notNull(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    resolvedAt: instant(),
    resolvedBy: uuid().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [index("document_threads_document").on(t.documentId, t.createdAt)],
);

/** What is said about a task, or in a thread about a document. */
export const comments = pgTable(
  "comments",
  {
    id: uuid().primaryKey(),
    taskId: uuid().references(() => tasks.id, { onDelete: "cascade" }),
    threadId: uuid().references(() => documentThreads.id, { onDelete: "cascade" }),
    authorId: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Who wrote it in the system that it was imported from. */
    sourceAuthor: text(),
    sourceId: text(),
    /** On a task: the comment that this one answers, which begins its thread. */
    rootId: uuid().references((): AnyPgColumn => comments.id, { onDelete: "cascade" }),
    /** Markdown. */
    body: text().notNull(),
    createdAt: createdAt(),
    editedAt: instant(),
    deletedAt: instant(),
    /** Of one that begins a thread on a task; a document's thread has its own. */
    resolvedAt: instant(),
    resolvedBy: uuid().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    check("comments_root", sql`${t.rootId} is null or ${t.taskId} is not null`),
    index("comments_root").on(t.rootId),
    check("comments_subject", sql`num_nonnulls(${t.taskId}, ${t.threadId}) = 1`),
    index("comments_task").on(t.taskId, t.createdAt),
    index("comments_thread").on(t.threadId, t.createdAt),
    uniqueIndex("comments_source").on(t.taskId, t.sourceId),
  ],
);

/** What a comment said before it was edited. */
export const commentVersions = pgTable(
  "comment_versions",
  {
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: "cascade" }),
    /** When it was written. */
    at: instant().notNull(),
    body: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.at] })],
);

/** What people answer a comment with by one emoji. */
export const commentReactions = pgTable(
  "comment_reactions",
  {
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    emoji: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.emoji, t.userId] }),
    index("comment_reactions_user").on(t.userId),
  ],
);
