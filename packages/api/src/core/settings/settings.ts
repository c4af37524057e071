/**
 * What holds for all of this server, one row for each setting. What the environment sets wins over what
 * an administrator set in the app, and that over the default.
 */
import { schema } from "@guildhall/db";
import { z } from "zod";

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/, "Enter a domain, like example.org.")
  .max(253);
const domains = z.array(domain).max(100);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const days = (least: number) => whole(least, 3_650);

type Row = typeof schema.instanceSettings.$inferSelect;
type NoSetting = "id" | "updatedAt" | "secondFactorRequiredByEnvironment";
export type SettingName = Exclude<keyof Row, NoSetting>;

type Setting<V> = {
  schema: z.ZodType<V>;
  /** When nobody set it. */
  initially: V;
  /** The variable of the environment that sets it. */
  variable: string;
};

const setting = <V>(row: Setting<V>) => row;

export const instanceSettings = {
  registration: setting<schema.RegistrationMode>({
    schema: z.enum(schema.registrationModes),
    initially: "open",
    variable: "REGISTRATION",
  }),
  /** Whose addresses may make an account without an invitation; empty: all. */
  registrationDomains: setting<string[]>({
    schema: domains,
    initially: [],
    variable: "REGISTRATION_DOMAINS",
  }),
  /** Whose people sign in by the organisation's provider only. */
  passwordsOffDomains: setting<string[]>({
    schema: domains,
    initially: [],
    variable: "PASSWORDS_OFF_DOMAINS",
  }),
  secondFactorRequired: setting<boolean>({
    schema: z.boolean(),
    initially: false,
    variable: "SECOND_FACTOR_REQUIRED",
  }),
  /** Life of a session, renewed while it is used. */
  sessionMinutes: setting<number>({
    schema: whole(5, 525_600),
    initially: 1_440,
    variable: "JWT_EXPIRATION_MINUTES",
  }),
  auditKeepDays: setting<number>({
    schema: days(30),
    initially: 365,
    variable: "AUDIT_KEEP_DAYS",
  }),
  /** What the files of a workspace may have together; null: no bound. */
  workspaceFilesGb: setting<number | null>({
    schema: whole(1, 1_000_000).nullable(),
    initially: null,
    variable: "WORKSPACE_FILES_GB",
  }),
  /** Of one file. More than 5 GB no store takes from us (files/upload/store-file.ts). */
  uploadMb: setting<number>({
    schema: whole(1, 5_120),
    initially: 5_120,
    variable: "UPLOAD_MB",
  }),
  /** Open sockets of one account, on each worker. */
  connectionsPerPerson: setting<number>({
    schema: whole(2, 10_000),
    initially: 50,
    variable: "WS_MAX_CONNECTIONS_PER_USER",
  }),
  /** By one socket. */
  messagesPerSecond: setting<number>({
    schema: whole(10, 10_000),
    initially: 50,
    variable: "WS_MESSAGES_PER_SECOND",
  }),
  /** On one account from one place, in a quarter of an hour. */
  signInTries: setting<number>({
    schema: whole(3, 1_000),
    initially: 10,
    variable: "SIGN_IN_TRIES",
  }),
  /** By one account, by mail. */
  invitationsPerQuarterHour: setting<number>({
    schema: whole(1, 10_000),
    initially: 100,
    variable: "INVITATIONS_PER_QUARTER_HOUR",
  }),
} satisfies {
  [N in SettingName]: Setting<NonNullable<Row[N]>> | Setting<NonNullable<Row[N]> | null>;
};

export const settingNames = Object.keys(instanceSettings) as SettingName[];

export type InstanceSettings = {
  [N in SettingName]: (typeof instanceSettings)[N]["initially"];
};
