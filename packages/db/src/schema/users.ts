import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf } from "./columns.ts";
import { signInMethods } from "./lists.ts";

export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey(),
    /** Lower case; what a person signs in with. */
    email: text().notNull(),
    name: text().notNull(),
    /** Null: they have none, and sign in by an identity provider. */
    passwordHash: text(),
    createdAt: createdAt(),
    /** When a link that was mailed to that address was opened; null: it may be anybody's. */
    emailVerifiedAt: instant(),
    /** Of their picture in the store of files, made by us; null: initials stand for them. */
    pictureKey: uuid(),
    /**
     * Since when each of their sessions has passed a second factor, derived by `deriveFactorState`;
     * null: a password alone opens one.
     */
    secondFactorAt: instant(),
    /** Closed by themselves; some days later they are erased, unless they sign in and reopen it. */
    closedAt: instant(),
    /** Who closed their account and whose name leaves it too. */
    isNameErased: boolean().notNull().default(false),
    /** Nothing of them is left but what stands beside their work. */
    erasedAt: instant(),
    /**
     * Came with a workspace from another server, where they had this address (empty: none is known). Nobody
     * can sign in as them: like an erased account it only stands beside its work.
     */
    importedEmail: text(),
    /** Answers for the whole server; there is always one who is active. */
    isAdministrator: boolean().notNull().default(false),
    /** Since then nothing opens the account: no session, token, socket, push or link. */
    deactivatedAt: instant(),
    /** When the account was last used, to some minutes; null before that was noted. */
    lastUsedAt: instant(),
  },
  (t) => [
    uniqueIndex("users_email").on(t.email),
    check("users_email_lower", sql`${t.email} = lower(${t.email})`),
    check("users_imported", sql`${t.importedEmail} is null or ${t.erasedAt} is not null`),
  ],
);

/** Kept by Lucia. The id is the SHA-256 of the secret that the client holds, never the secret. */
export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
    userAgent: text(),
    address: text(),
    /** When its cookie was last given out, to last as long as the session; null before that was noted. */
    cookieAt: instant(),
    /** Its cookie has the name that only this host can set, and no other name opens it. */
    hostCookie: boolean().notNull().default(false),
    authenticatedBy: text({ enum: signInMethods }).notNull().default("password"),
    /** When a second factor was passed in it; null: none was asked for. */
    factorAt: instant(),
    /** When its person last proved that it is them, which some changes ask for. */
    confirmedAt: instant(),
    /** To some minutes. */
    lastUsedAt: instant(),
  },
  (t) => [
    index("sessions_user").on(t.userId),
    oneOf("sessions_authenticated_by", t.authenticatedBy, signInMethods),
  ],
);

/** A named access token for tools: a JWT whose `jti` is this row, so that it can be revoked. */
export const accessTokens = pgTable(
  "access_tokens",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    scope: text({ enum: ["read", "write"] }).notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [index("access_tokens_user").on(t.userId)],
);

export const passwordResets = pgTable("password_resets", {
  /** SHA-256 of the secret in the link. */
  id: text().primaryKey(),
  userId: uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  expiresAt: instant().notNull(),
  usedAt: instant(),
  /** The mutation that used it, so that its retry is answered alike. */
  mutationId: uuid(),
});
