import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";

export type Settings = RouterOutputs["instance"]["settings"]["settings"];
export type SettingsPatch = RouterInputs["instance"]["setSettings"]["patch"];
type SettingName = keyof Settings;

type About = { label: string; hint: string };

/** How each is shown: a setting that is missing here does not compile. */
export const settingRows = {
  registration: {
    label: "Registration",
    hint: "Who can create an account on this server.",
  },
  registrationDomains: {
    label: "Registration domains",
    hint: "Only addresses in these domains can register without an invitation, such as example.org. Leave empty to allow all.",
  },
  passwordsOffDomains: {
    label: "Domains without passwords",
    hint: "People with these addresses sign in through your identity provider only. Passwords they have stop working.",
  },
  secondFactorRequired: {
    label: "Require a second factor",
    hint: "People without one have to add it before they can go on.",
  },
  sessionMinutes: {
    label: "Session length",
    hint: "Minutes until someone who doesn't use Guildhall is signed out; 1440 is a day. A shorter time also applies to open sessions.",
  },
  auditKeepDays: {
    label: "Audit log retention",
    hint: "Days until an entry is deleted; at least 30.",
  },
  workspaceFilesGb: {
    label: "Storage for each workspace",
    hint: "Gigabytes for all files of a workspace. Leave empty for no limit.",
  },
  uploadMb: {
    label: "Largest file",
    hint: "Megabytes of one file that is uploaded; 5120 at most. Files that are already here stay.",
  },
  connectionsPerPerson: {
    label: "Connections for each person",
    hint: "Windows and tools that one account can have open on each server process. Open ones stay open.",
  },
  messagesPerSecond: {
    label: "Messages per second",
    hint: "What one connection can send, on average over four seconds. One that sends more is closed and comes back.",
  },
  signInTries: {
    label: "Sign-in attempts",
    hint: "Failed attempts on one account from one place in 15 minutes.",
  },
  invitationsPerQuarterHour: {
    label: "Invitations by mail",
    hint: "Invitations that one account can send in 15 minutes.",
  },
} satisfies Record<SettingName, About>;

/** The least that each number can be. */
export const leastOf = {
  sessionMinutes: 5,
  auditKeepDays: 30,
  workspaceFilesGb: 1,
  uploadMb: 1,
  connectionsPerPerson: 2,
  messagesPerSecond: 10,
  signInTries: 3,
  invitationsPerQuarterHour: 1,
} satisfies Partial<Record<SettingName, number>>;
export type NumberSetting = keyof typeof leastOf;

export const registrationModes = [
  { value: "open", label: "Open", hint: "Anyone who can reach this server" },
  { value: "invite", label: "By invitation", hint: "Only people with an invitation" },
  { value: "closed", label: "Closed", hint: "Nobody, not even with an invitation" },
] satisfies { value: Settings["registration"]; label: string; hint: string }[];

/** "example.org, example.com" as it is typed, with commas or spaces. */
export const domainsOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** Null where nothing is typed; not a number where it is none. */
export const numberOf = (text: string): number | null => (text.trim() ? Number(text) : null);
