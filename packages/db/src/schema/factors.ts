import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, createdAt, instant } from "./columns.ts";
import { users } from "./users.ts";

/** A key pair whose private half never leaves a person's device, or their password manager. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** As the authenticator calls it, base64url. */
    credentialId: text().notNull().unique(),
    name: text().notNull(),
    publicKey: bytes().notNull(),
    /** How often it signed, as it last said itself; 0 for ever where it doesn't count. */
    counter: bigint({ mode: "number" }).notNull(),
    /** How a browser reaches it: `usb`, `internal`, … */
    transports: text().array().notNull().default(sql`'{}'`),
    /** It may be copied to other devices of its person, as a password manager does. */
    isSynced: boolean().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (t) => [index("passkeys_user").on(t.userId)],
);

/** An app that shows six digits which change every 30 seconds (RFC 6238); one a person. */
export const authenticatorApps = pgTable("authenticator_apps", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** Sealed with the server's secret: a copy of the database shows no codes. */
  sealedSecret: text().notNull(),
  /** The 30 seconds whose code was used last, since 1970: neither they nor earlier ones count again. */
  lastStep: bigint({ mode: "number" }).notNull(),
  createdAt: createdAt(),
  lastUsedAt: instant(),
});

/** For who has lost the other factors; each lets its person in once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    /** SHA-256 of the person's id and the code. */
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    usedAt: instant(),
  },
  (t) => [index("recovery_codes_user").on(t.userId)],
);

/** Tickets that work once (`api: auth/tickets.ts`) and were used, until they would have run out. */
export const usedOnce = pgTable("used_once", {
  /** SHA-256 of what is in it. */
  id: text().primaryKey(),
  expiresAt: instant().notNull(),
});

/** A new address of a person, from the moment they ask for it. */
export const emailChanges = pgTable(
  "email_changes",
  {
    /** SHA-256 of the secret in the link that is mailed to the new address. */
    id: text().primaryKey(),
    /** SHA-256 of that in the link to the old one. */
    undoId: text().notNull().unique(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    fromEmail: text().notNull(),
    toEmail: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    /** When the new address was confirmed, and so became the person's. */
    confirmedAt: instant(),
    /** When the old address said that this was not its person, or another change took its place. */
    undoneAt: instant(),
  },
  (t) => [index("email_changes_user").on(t.userId)],
);
