import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

export const changeEntities = [
  "workspace",
  "member",
  "invitation",
  "project",
  "status",
  "label",
  "projectMember",
  "access",
  "task",
  "comment",
  "import",
  "document",
  "documentAccess",
  "documentThread",
  "file",
  "documentVersion",
  "notification",
  "follow",
  "checklist",
  "checklistItem",
  "group",
  "projectGroup",
  "documentGroup",
] as const;

/** The feed of a workspace: 1, 2, 3 … without a gap, in the order of commit. */
export const changes = pgTable(
  "changes",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    entity: text({ enum: changeEntities }).notNull(),
    entityId: uuid().notNull(),
    op: text({ enum: ["insert", "update", "delete"] }).notNull(),
    /** The row as the client's types know it, in superjson's form; null when it is gone. */
    row: jsonb(),
    /**
     * Only those who may see this project, or this document with access of its own, may see the
     * change. The column has its name from when only projects had access.
     */
    scopeId: uuid("project_id"),
    /** Only this person (and the workspace's owners) may see the change. */
    audienceUserId: uuid(),
    actorId: uuid().references(() => users.id, { onDelete: "set null" }),
    mutationId: uuid(),
    at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.seq] }),
    index("changes_entity").on(t.entityId, t.seq),
    index("changes_at").on(t.at),
    // What happened in one project, newest first.
    index("changes_scope").on(t.scopeId, t.seq),
  ],
);

/** What each mutation id was answered, so that a retry is applied once and answered alike. */
export const mutations = pgTable(
  "mutations",
  {
    id: uuid().primaryKey(),
    actorId: uuid().notNull(),
    /** The procedure, as in `tasks.create`. */
    path: text().notNull(),
    /** In superjson's form. */
    answer: jsonb(),
    createdAt: createdAt(),
  },
  (t) => [index("mutations_created").on(t.createdAt)],
);
