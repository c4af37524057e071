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
const days = (least: number) => z.number().int().min(least).max(3_650);

type Row = typeof schema.instanceSettings.$inferSelect;
export type SettingName = Exclude<keyof Row, "id" | "updatedAt">;

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
    schema: z.number().int().min(5).max(525_600),
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
    schema: z.number().int().min(1).max(1_000_000).nullable(),
    initially: null,
    variable: "WORKSPACE_FILES_GB",
  }),
} satisfies {
  [N in SettingName]: Setting<NonNullable<Row[N]>> | Setting<NonNullable<Row[N]> | null>;
};

export const settingNames = Object.keys(instanceSettings) as SettingName[];

export type InstanceSettings = {
  [N in SettingName]: (typeof instanceSettings)[N]["initially"];
};
