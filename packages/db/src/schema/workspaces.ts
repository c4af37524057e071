import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf } from "./columns.ts";
import { inviterRoles, roles, visibilities, workspaceRoles } from "./lists.ts";
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
  /** Of its picture in the store of files, made by us; null: its first letter stands for it. */
  pictureKey: uuid(),
  /** What a new invitation is for, unless its maker says otherwise. */
  defaultRole: text({ enum: roles }).notNull().default("editor"),
  /** From which role on somebody may invite people: never to more than they are themselves. */
  inviterRole: text({ enum: inviterRoles }).notNull().default("owner"),
  /** From which role on somebody may take tasks and documents out of it as files. */
  exporterRole: text({ enum: roles }).notNull().default("viewer"),
  /** Of a new project, unless its maker says otherwise. */
  projectVisibility: text({ enum: visibilities }).notNull().default("open"),
  /** Its members need a second factor to be in it. */
  requiresSecondFactor: boolean().notNull().default(false),
  /** Nobody is in it any more (`deleted_members`), and some days later all of it is erased. */
  deletedAt: instant(),
  deletedBy: uuid().references(() => users.id, { onDelete: "set null" }),
  /** From then on it can't be brought back. */
  erasingAt: instant(),
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
    /** What access is asked by: the strongest of `personalRole` and the roles of their groups. */
    role: text({ enum: workspaceRoles }).notNull(),
    /** As somebody gave it to this person; stays as it is whatever groups do. */
    personalRole: text({ enum: workspaceRoles }).notNull(),
    createdAt: createdAt(),
    /**
     * Sees nothing here until they have the second factor that is required: derived, for an inserted row
     * by a trigger, later by `deriveFactorState` and `deriveAwaitsFactor`.
     */
    awaitsFactor: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    index("members_user").on(t.userId),
    oneOf("members_role", t.role, workspaceRoles),
    oneOf("members_personal_role", t.personalRole, workspaceRoles),
  ],
);

/**
 * Who was in a workspace when it was deleted. They are in `members` no more, by which every question for a
 * right begins: so nothing of a deleted workspace is seen or changed, and no query has to think of it.
 */
export const deletedMembers = pgTable(
  "deleted_members",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: workspaceRoles }).notNull(),
    personalRole: text({ enum: workspaceRoles }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    index("deleted_members_user").on(t.userId),
    oneOf("deleted_members_role", t.role, workspaceRoles),
  ],
);

/**
 * An open door into a workspace, for as long as its maker may open it: for one address, or, without one,
 * for whoever has the link. Its secret travels in the link only.
 */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Null: for whoever has the link. */
    email: text(),
    /** Who was invited as somebody known, by name: their address is not the inviter's to see. */
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: workspaceRoles }).notNull(),
    /** A project or a document (no reference: tables of those stand on this one) that they are let into too. */
    projectId: uuid(),
    documentId: uuid(),
    /** As what they are let into that. */
    scopeRole: text({ enum: roles }),
    /** SHA-256 of the secret in the link. */
    secretHash: text().notNull().unique(),
    invitedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    /** Null: never. Only of links. */
    expiresAt: instant(),
    acceptedAt: instant(),
    declinedAt: instant(),
    revokedAt: instant(),
    /** When it was mailed again. */
    remindedAt: instant(),
    /** What its maker calls it. */
    label: text(),
    /** How many people may come by a link, and how many have; null: any number. */
    maxUses: integer(),
    uses: integer().notNull().default(0),
    /** Only for those with a verified address of this domain. */
    domain: text(),
  },
  (t) => [
    index("invitations_workspace").on(t.workspaceId),
    index("invitations_email").on(t.email),
    index("invitations_user").on(t.userId),
    oneOf("invitations_role", t.role, workspaceRoles),
    check("invitations_uses", sql`${t.maxUses} is null or ${t.uses} <= ${t.maxUses}`),
    check("invitations_person", sql`${t.userId} is null or ${t.email} is not null`),
    check("invitations_expire", sql`${t.email} is null or ${t.expiresAt} is not null`),
    check("invitations_scope", sql`num_nonnulls(${t.projectId}, ${t.documentId}) <= 1`),
  ],
);

/** Who came by which invitation. */
export const invitationUses = pgTable(
  "invitation_uses",
  {
    invitationId: uuid()
      .notNull()
      .references(() => invitations.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.invitationId, t.userId] }),
    index("invitation_uses_user").on(t.userId),
  ],
);
