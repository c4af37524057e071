import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf } from "./columns.ts";
import { roles } from "./lists.ts";
import { users } from "./users.ts";

export const workspaces = pgTable("workspaces", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** The last change of this workspace's feed; only `write` moves it. */
  changeSeq: bigint({ mode: "number" }).notNull().default(0),
  /** The feed begins after this number: of what went before, only tasks' histories are kept. */
  changeFloor: bigint({ mode: "number" }).notNull().default(0),
  /** A restored backup gets a new epoch, so that no client trusts an old cursor. */
  feedEpoch: uuid().notNull().defaultRandom(),
  createdAt: createdAt(),
});

export const members = pgTable(
  "members",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: roles }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    index("members_user").on(t.userId),
    oneOf("members_role", t.role, roles),
  ],
);

/**
 * An open door into a workspace for one address, for as long as its maker may open it; its secret
 * travels in the link only.
 */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    email: text().notNull(),
    /** Who was invited as somebody known, by name: their address is not the inviter's to see. */
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: roles }).notNull(),
    /** SHA-256 of the secret in the link. */
    secretHash: text().notNull().unique(),
    invitedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    declinedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [
    index("invitations_workspace").on(t.workspaceId),
    index("invitations_email").on(t.email),
    index("invitations_user").on(t.userId),
    oneOf("invitations_role", t.role, roles),
  ],
);
