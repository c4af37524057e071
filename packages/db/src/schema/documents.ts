import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, createdAt, instant, oneOf, rankText } from "./columns.ts";
import { roles } from "./lists.ts";
import { projects } from "./projects.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

export const documentKinds = ["document", "folder"] as const;

/** The tree: what stands in it, where, and who may see it. The text is in `document_updates`. */
export const documents = pgTable(
  "documents",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Null: it stands in the workspace itself. The same for a whole subtree. */
    projectId: uuid().references(() => projects.id, { onDelete: "cascade" }),
    parentId: uuid().references((): AnyPgColumn => documents.id, { onDelete: "cascade" }),
    kind: text({ enum: documentKinds }).notNull(),
    title: text().notNull().default(""),
    /** One emoji. */
    icon: text(),
    rank: rankText().notNull(),
    /** `private`: of those who are not the workspace's owners, only who is in document_members. */
    visibility: text({ enum: ["inherited", "private"] })
      .notNull()
      .default("inherited"),
    /**
     * Itself and those above it that have access of their own, nearest first. Kept by whatever moves
     * a document or changes its access, so that asking who may see it needs no walk up the tree.
     */
    scopePath: uuid().array().notNull().default(sql`'{}'::uuid[]`),
    isTemplate: boolean().notNull().default(false),
    /** The last number of its log of updates; only a push moves it. */
    updateSeq: bigint({ mode: "number" }).notNull().default(0),
    /** Rises with every change of the row, so that a late answer never overwrites a newer one. */
    version: integer().notNull().default(1),
    /** The name of the file that it was imported from, without its folder. */
    sourceName: text(),
    /** What stood between the `---` lines of that file, as it was. */
    frontMatter: text(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    updatedAt: instant().notNull().defaultNow(),
    archivedAt: instant(),
    archivedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    deletedAt: instant(),
    deletedBy: uuid().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    index("documents_workspace").on(t.workspaceId, t.id),
    index("documents_project").on(t.projectId),
    index("documents_parent").on(t.parentId, t.rank),
    index("documents_scope").using("gin", t.scopePath),
    // Those with access of their own: asked whenever somebody's rights are.
    index("documents_areas").on(t.workspaceId).where(sql`scope_path[1] = id`),
    check("documents_title_length", sql`char_length(${t.title}) <= 500`),
  ],
);

/** Lets a person into a private document and what is below it, or raises or lowers their role there. */
export const documentMembers = pgTable(
  "document_members",
  {
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What access is asked by: `personalRole`, else the strongest of their groups' (core/derive-roles.ts). */
    role: text({ enum: roles }).notNull(),
    /** Null: only through groups. */
    personalRole: text({ enum: roles }),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.userId] }),
    index("document_members_user").on(t.userId),
    oneOf("document_members_role", t.role, roles),
    oneOf("document_members_personal_role", t.personalRole, roles),
  ],
);

/** The truth about a document's text: Yjs updates (v1) in the order of their commits, 1, 2, 3 … */
export const documentUpdates = pgTable(
  "document_updates",
  {
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    /** The client's, so that the same update sent again is kept once. */
    id: uuid().notNull(),
    update: bytes().notNull(),
    actorId: uuid().references(() => users.id, { onDelete: "set null" }),
    at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.seq] }),
    uniqueIndex("document_updates_id").on(t.documentId, t.id),
  ],
);

/** All updates up to `seq` in one; those are then cleared from the log. */
export const documentSnapshots = pgTable("document_snapshots", {
  documentId: uuid()
    .primaryKey()
    .references(() => documents.id, { onDelete: "cascade" }),
  seq: bigint({ mode: "number" }).notNull(),
  state: bytes().notNull(),
  at: createdAt(),
});

/** How a document read at `seq`: kept at pauses of the writing, and when somebody names it. */
export const documentVersions = pgTable(
  "document_versions",
  {
    id: uuid().primaryKey(),
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    name: text(),
    /** A whole Yjs update (v1). */
    state: bytes().notNull(),
    /** Who wrote between the version before and this one. */
    authorIds: uuid().array().notNull(),
    /** When they began, and when the last of it was written. */
    startedAt: createdAt(),
    createdAt: createdAt(),
    /** Followers of the document have heard of it. */
    isTold: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex("document_versions_document").on(t.documentId, t.seq),
    index("document_versions_untold").on(t.documentId).where(sql`not is_told`),
  ],
);

/** Why a text could not be read: it takes too long to be put together, or is not what Yjs writes. */
export const textProblems = ["heavy", "broken"] as const;

/** Made from the log in the background, for search: may be a moment behind, never the truth. */
export const documentTexts = pgTable("document_texts", {
  documentId: uuid()
    .primaryKey()
    .references(() => documents.id, { onDelete: "cascade" }),
  /** Of the update that it goes up to. */
  seq: bigint({ mode: "number" }).notNull(),
  text: text().notNull(),
  wordCount: integer().notNull(),
  /** Person → how often they are named, who were told of it. Null: nobody was yet, the text is older. */
  mentions: jsonb().$type<Record<string, number>>(),
  /** What it goes up to could not be read; the words are those of before. */
  problem: text({ enum: textProblems }),
});

export const linkTargets = ["document", "task", "file"] as const;

/** What a document's text points to; derived with its text. The target may be gone: a broken link. */
export const documentLinks = pgTable(
  "document_links",
  {
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    target: text({ enum: linkTargets }).notNull(),
    targetId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.target, t.targetId] }),
    index("document_links_target").on(t.targetId),
  ],
);

/** One person's own: what they marked, and what they had open last. */
export const documentFavourites = pgTable(
  "document_favourites",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    rank: rankText().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.documentId] }),
    index("document_favourites_document").on(t.documentId),
  ],
);

export const documentVisits = pgTable(
  "document_visits",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.documentId] }),
    index("document_visits_last").on(t.userId, t.at),
    index("document_visits_document").on(t.documentId),
  ],
);
