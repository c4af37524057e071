/**
 * The lists that tables, inputs, parsers and pages have in common, each written once. This module
 * imports nothing, so that whoever runs outside the server may read it as well.
 */

/** From the least to the most. */
export const priorities = ["none", "low", "medium", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];

/** In the order of a board. */
export const statusCategories = [
  "backlog",
  "unstarted",
  "started",
  "completed",
  "cancelled",
] as const;
export type StatusCategory = (typeof statusCategories)[number];

/** In a project or a document, from the most to the least. */
export const roles = ["owner", "editor", "viewer"] as const;
export type Role = (typeof roles)[number];

/** In a workspace: a guest has by that only what they were let into by name. */
export const workspaceRoles = [...roles, "guest"] as const;
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** From which role on somebody may invite people. */
export const inviterRoles = ["owner", "editor"] as const;

/** Who sees a project: all of the workspace, or those who were let in. */
export const visibilities = ["open", "private"] as const;

/** How a session was opened; a `provider` is the identity provider of an organisation. */
export const signInMethods = ["password", "passkey", "provider"] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** What people are told about; of several in one write a person hears the first of this order. */
export const notificationKinds = [
  "mentioned",
  "assigned",
  "unassigned",
  "replied",
  "commented",
  "status",
  "dueTomorrow",
  "overdue",
  "invited",
  "joinedGroup",
  "roleChanged",
  "ownerAppointed",
  "documentChanged",
  "importFinished",
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationChannels = ["app", "mail", "push"] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** How often a person is told by mail: a few minutes after something happens, or in a digest. */
export const mailRhythms = ["soon", "daily", "weekly"] as const;
export type MailRhythm = (typeof mailRhythms)[number];

export const followStates = ["follow", "mute"] as const;
export type FollowState = (typeof followStates)[number];

/** Who may make an account: anybody, who was invited, or nobody. */
export const registrationModes = ["open", "invite", "closed"] as const;
export type RegistrationMode = (typeof registrationModes)[number];

/** By what somebody did it: signed in, by an access token, the server itself, or as nobody. */
export const auditCredentials = ["session", "token", "system", "none"] as const;
export type AuditCredential = (typeof auditCredentials)[number];
