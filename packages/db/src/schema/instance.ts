import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf } from "./columns.ts";
import { auditCredentials, registrationModes } from "./lists.ts";

/**
 * What an administrator set for all of this server: one row at most. Null: not set, so that the
 * default holds (api: core/settings/settings.ts, where each has its row).
 */
export const instanceSettings = pgTable(
  "instance_settings",
  {
    id: integer().primaryKey().default(1),
    registration: text({ enum: registrationModes }),
    registrationDomains: text().array(),
    passwordsOffDomains: text().array(),
    secondFactorRequired: boolean(),
    /** The same as the environment says it, for as long as it does: the database derives by that first. */
    secondFactorRequiredByEnvironment: boolean(),
    sessionMinutes: integer(),
    auditKeepDays: integer(),
    workspaceFilesGb: integer(),
    uploadMb: integer(),
    connectionsPerPerson: integer(),
    messagesPerSecond: integer(),
    signInTries: integer(),
    invitationsPerQuarterHour: integer(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    check("instance_settings_one", sql`${t.id} = 1`),
    oneOf("instance_settings_registration", t.registration, registrationModes),
  ],
);

/**
 * Who did what that somebody may have to answer for. Append-only: a trigger refuses UPDATE and
 * TRUNCATE, and DELETE but for what housekeeping no longer keeps. Its ids refer to nothing, so that an
 * entry outlives the account, the workspace and the thing that it is about; names are as they were.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: uuid().primaryKey(),
    at: createdAt(),
    /** A name of the api's table of actions (audit/actions.ts). */
    action: text().notNull(),
    /** Null: it concerns the whole server. */
    workspaceId: uuid(),
    /** Null: nobody who was signed in, or the server itself. */
    actorId: uuid(),
    actorName: text(),
    credential: text({ enum: auditCredentials }).notNull(),
    /** The row of the access token, never its secret; null for others. */
    tokenId: uuid(),
    address: text(),
    userAgent: text(),
    subjectId: uuid(),
    subjectName: text(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    /** How often; more than one where tries are gathered. */
    times: integer().notNull().default(1),
  },
  (t) => [
    index("audit_entries_at").on(t.at, t.id),
    index("audit_entries_workspace").on(t.workspaceId, t.at, t.id),
    index("audit_entries_actor").on(t.actorId, t.at),
    index("audit_entries_action").on(t.action, t.at, t.id),
    oneOf("audit_entries_credential", t.credential, auditCredentials),
  ],
);
