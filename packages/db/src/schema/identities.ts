import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf } from "./columns.ts";
import { workspaceRoles } from "./lists.ts";
import { sessions, users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

/** As whom an identity provider knows a person: by this they sign in without a password. */
export const identities = pgTable(
  "identities",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The provider's name in OIDC_PROVIDERS through which it last came. */
    provider: text().notNull(),
    /** Together unique at OpenID Connect: a subject is never given to somebody else. */
    issuer: text().notNull(),
    subject: text().notNull(),
    /** What the provider calls them, for people to tell their identities apart. It opens nothing. */
    email: text(),
    /** The provider answered, when they last came, for a second factor that they showed there. */
    satisfiesFactor: boolean().notNull().default(false),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (t) => [
    uniqueIndex("identities_subject").on(t.issuer, t.subject),
    index("identities_user").on(t.userId),
  ],
);

/** What a session that came by a provider needs for the log-out there, and for one that is ordered from there. */
export const providerSessions = pgTable(
  "provider_sessions",
  {
    sessionId: text()
      .primaryKey()
      .references(() => sessions.id, { onDelete: "cascade" }),
    identityId: uuid()
      .notNull()
      .references(() => identities.id, { onDelete: "cascade" }),
    provider: text().notNull(),
    /** The provider's own session. */
    sid: text(),
    /** Shown to the provider at the end, as a hint whose session is over. */
    idToken: text().notNull(),
  },
  (t) => [
    index("provider_sessions_identity").on(t.identityId),
    index("provider_sessions_sid").on(t.sid),
  ],
);

/** A sign-in on its way through a provider, for some minutes. Each is taken once, by the browser that began it. */
export const providerSignIns = pgTable("provider_sign_ins", {
  /** SHA-256 of the `state` that travels along. */
  id: text().primaryKey(),
  /** SHA-256 of the secret in that browser's cookie. */
  browser: text().notNull(),
  provider: text().notNull(),
  /** Who connects the provider to their account; null: somebody signs in. */
  userId: uuid().references(() => users.id, { onDelete: "cascade" }),
  /** As a proof of who is at the keyboard: who was signed in there before is to be asked anew. */
  isAgain: boolean().notNull().default(false),
  /** A path of our own. */
  returnTo: text().notNull(),
  expiresAt: instant().notNull(),
});

/** Who a provider has vouched for, while they are asked for the password of the account that has their address. */
export const providerLinks = pgTable("provider_links", {
  /** SHA-256 of the secret in the cookie of the browser that is asked. */
  id: text().primaryKey(),
  userId: uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  provider: text().notNull(),
  issuer: text().notNull(),
  subject: text().notNull(),
  email: text().notNull(),
  /** What its claim of groups said; null: nothing that one could go by. */
  claimed: text().array(),
  sid: text(),
  idToken: text().notNull(),
  returnTo: text().notNull(),
  expiresAt: instant().notNull(),
});

/**
 * The role that a claim gives somebody in a workspace. It goes with the claim; what the person had by
 * hand then holds again.
 */
export const claimedRoles = pgTable(
  "claimed_roles",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    identityId: uuid()
      .notNull()
      .references(() => identities.id, { onDelete: "cascade" }),
    role: text({ enum: workspaceRoles }).notNull(),
    /** Null: without the claim they are no member. */
    byHand: text({ enum: workspaceRoles }),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.workspaceId] }),
    index("claimed_roles_identity").on(t.identityId),
    oneOf("claimed_roles_role", t.role, workspaceRoles),
    oneOf("claimed_roles_by_hand", t.byHand, workspaceRoles),
  ],
);
