import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { documents } from "./documents.ts";
import { projects } from "./projects.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

/** Of a thumbnail: still to be made, there, never (no image), or refused (too large, damaged). */
export const previewStates = ["waiting", "ready", "none", "declined"] as const;

/** What is in the store. A row exists only when its bytes do; the same bytes are kept once a workspace. */
export const fileObjects = pgTable(
  "file_objects",
  {
    /** Its key in the store, made by us: nothing that people typed. */
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** In hex; null of bytes that went straight to the store, until they have been read. */
    sha256: text(),
    /** Bytes. */
    size: bigint({ mode: "number" }).notNull(),
    createdAt: createdAt(),
    /** When all that is made of it in the background was made. */
    tendedAt: instant(),
    /** How often that was begun. */
    attempts: integer().notNull().default(0),
    preview: text({ enum: previewStates }).notNull().default("waiting"),
    /** The thumbnail's own key in the store, made by us too. */
    thumbnailKey: uuid(),
    thumbnailSize: integer(),
    /** Of an image as it is seen, in pixels. */
    width: integer(),
    height: integer(),
  },
  (t) => [
    uniqueIndex("file_objects_content").on(t.workspaceId, t.sha256),
    index("file_objects_untended").on(t.id).where(sql`tended_at is null`),
  ],
);

export const textStates = ["ready", "none", "declined"] as const;

/** The words of an object, for search. */
export const fileTexts = pgTable("file_texts", {
  objectId: uuid()
    .primaryKey()
    .references(() => fileObjects.id, { onDelete: "cascade" }),
  text: text().notNull(),
  state: text({ enum: textStates }).notNull(),
  createdAt: createdAt(),
});

/** What people see. It stands in one place, and whoever may see that may see it. */
export const files = pgTable(
  "files",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    objectId: uuid()
      .notNull()
      .references(() => fileObjects.id),
    documentId: uuid().references(() => documents.id, { onDelete: "cascade" }),
    taskId: uuid().references(() => tasks.id, { onDelete: "cascade" }),
    projectId: uuid().references(() => projects.id, { onDelete: "cascade" }),
    /** As it was given, any Unicode: never part of a path of ours. */
    name: text().notNull(),
    /** Found in its first bytes; what the sender said is believed only of kinds of plain text. */
    type: text().notNull(),
    /** Bytes. */
    size: bigint({ mode: "number" }).notNull(),
    /** Which of its versions this is: 1, 2, 3 … */
    version: integer().notNull().default(1),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    /** When its bytes were last replaced, and by whom; the name may change without. */
    changedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    changedAt: instant().notNull().defaultNow(),
    deletedAt: instant(),
    deletedBy: uuid().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    index("files_workspace").on(t.workspaceId),
    index("files_object").on(t.objectId),
    index("files_document").on(t.documentId),
    index("files_task").on(t.taskId),
    index("files_project").on(t.projectId),
    check("files_place", sql`num_nonnulls(${t.documentId}, ${t.taskId}, ${t.projectId}) = 1`),
    check("files_name_length", sql`octet_length(${t.name}) between 1 and 255`),
  ],
);

/** Every content that a file has had, the current one included. Its id is that of the upload that brought it. */
export const fileVersions = pgTable(
  "file_versions",
  {
    id: uuid().primaryKey(),
    fileId: uuid()
      .notNull()
      .references(() => files.id, { onDelete: "cascade" }),
    n: integer().notNull(),
    objectId: uuid()
      .notNull()
      .references(() => fileObjects.id),
    /** Under which it came. */
    name: text().notNull(),
    type: text().notNull(),
    size: bigint({ mode: "number" }).notNull(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("file_versions_n").on(t.fileId, t.n),
    index("file_versions_object").on(t.objectId),
  ],
);

/**
 * A file that arrives in parts: begun, not yet there. Its parts are sent in any order, each until it is
 * here. One that is to be imported stays here when it is finished, for a day.
 */
export const fileUploads = pgTable(
  "file_uploads",
  {
    /** Of the file that it will be. */
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    documentId: uuid().references(() => documents.id, { onDelete: "cascade" }),
    taskId: uuid().references(() => tasks.id, { onDelete: "cascade" }),
    projectId: uuid().references(() => projects.id, { onDelete: "cascade" }),
    /** Or it will be a version of this one, and stands where that stands. */
    replaces: uuid().references(() => files.id, { onDelete: "cascade" }),
    /** Or it will be no file: it is there to be imported, in this workspace. */
    forImport: uuid().references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** Bytes, as its sender said. */
    size: bigint({ mode: "number" }).notNull(),
    /** Its key in the store, and the store's own word for the unfinished object. */
    objectId: uuid().notNull(),
    upload: text().notNull(),
    createdBy: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    /** Somebody is making one object of the parts; believed for some minutes. */
    joiningAt: instant(),
    /** Of one that is to be imported: all of it is there. */
    finishedAt: instant(),
  },
  (t) => [
    index("file_uploads_created").on(t.createdAt),
    index("file_uploads_workspace").on(t.workspaceId),
    index("file_uploads_document").on(t.documentId),
    index("file_uploads_task").on(t.taskId),
    index("file_uploads_project").on(t.projectId),
    index("file_uploads_person").on(t.createdBy),
    index("file_uploads_import").on(t.forImport),
  ],
);

export const fileUploadParts = pgTable(
  "file_upload_parts",
  {
    uploadId: uuid()
      .notNull()
      .references(() => fileUploads.id, { onDelete: "cascade" }),
    /** 1, 2, 3 … */
    n: integer().notNull(),
    size: integer().notNull(),
    /** The store's word for it. */
    tag: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.uploadId, t.n] })],
);

/** Bytes that are being stored, or were and are nobody's yet: what a worker that dies leaves is found by it. */
export const filePuts = pgTable(
  "file_puts",
  { objectId: uuid().primaryKey(), createdAt: createdAt() },
  (t) => [index("file_puts_created").on(t.createdAt)],
);
