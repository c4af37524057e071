/**
 * What is audited, one row for each action: in whose log it stands, what kind of thing it is about, its
 * sentence, and the fields that may be noted of that thing before and after. Nothing else is ever noted,
 * so no secret, hash or token can get there by a careless spread. The page shows this table, and so this
 * module imports nothing that only a server has.
 *
 * The sentence goes on after a person's name; `{subject}` is the thing's name as it then was. How each reads,
 * with a name and where it is hidden, stands in sentences.md, which a test writes.
 */
import { type AuditAction, on } from "./audit-action.ts";

/** The settings of the instance by the names that they have in its row. */
const settings = [
  "registration",
  "registrationDomains",
  "passwordsOffDomains",
  "secondFactorRequired",
  "sessionMinutes",
  "auditKeepDays",
  "workspaceFilesGb",
  "uploadMb",
  "connectionsPerPerson",
  "messagesPerSecond",
  "signInTries",
  "invitationsPerQuarterHour",
] as const;

/** Nobody was signed in. */
const someone = { by: "Someone" };
/** Whoever runs the commands of the server. */
const operator = { by: "The operator" };

const broughtBack = ["madeAt", "invitations", "tokens", "administrators"] as const;

export const auditActions = {
  "account.created": on("instance", "account", "created an account", ["method", "provider"]),
  "account.signedIn": on("instance", "account", "signed in", ["method", "provider"]),
  "account.appAllowed": on("instance", "account", "let an app sign in", ["app", "computer"]),
  "account.signInFailed": on(
    "instance",
    "account",
    "failed to sign in as {subject}",
    ["reason"],
    someone,
  ),
  "account.signedOut": on("instance", "account", "signed out"),
  "account.sessionsEnded": on(
    "instance",
    "account",
    "ended the sessions of {subject}",
    ["sessions"],
    { own: "ended other sessions of theirs" },
  ),
  "account.passwordChanged": on("instance", "account", "changed their password", ["tokensRevoked"]),
  "account.resetSent": on("instance", "account", "had a password reset mailed to {subject}", [], {
    own: "asked for a password reset",
  }),
  "account.passwordReset": on(
    "instance",
    "account",
    "chose a new password for {subject} by a mailed link",
    [],
    someone,
  ),
  "account.factorAdded": on("instance", "account", "added a second factor", ["factor"]),
  "account.factorRemoved": on("instance", "account", "removed a second factor", ["factor"]),
  "account.factorsReset": on("instance", "account", "removed all second factors of {subject}"),
  "account.passkeyRefused": on(
    "instance",
    "account",
    "refused a passkey of {subject} that may have been copied",
    ["passkey"],
    { by: "This server" },
  ),
  "account.recoveryCodesMade": on("instance", "account", "made new recovery codes"),
  "account.recoveryCodeUsed": on("instance", "account", "used a recovery code", ["left"]),
  "account.addressRequested": on("instance", "account", "asked to change their address"),
  "account.addressChanged": on("instance", "account", "changed their address", ["address"]),
  "account.addressUndone": on(
    "instance",
    "account",
    "undid a change of the address {subject}",
    [],
    {
      ...someone,
      unnamed: "undid a change of an address",
    },
  ),
  "account.exported": on("instance", "account", "exported their own data"),
  "account.closed": on("instance", "account", "closed their account", ["keepsName"]),
  "account.reopened": on("instance", "account", "opened their account again"),
  "account.erased": on("instance", "account", "erased the closed account of {subject}", [], {
    ...{ by: "This server", unnamed: "erased a closed account" },
  }),
  "account.deactivated": on("instance", "account", "deactivated {subject}"),
  "account.reactivated": on("instance", "account", "reactivated {subject}"),
  "account.madeAdministrator": on("instance", "account", "made {subject} an administrator", [], {
    own: "became an administrator",
  }),
  "account.unmadeAdministrator": on(
    "instance",
    "account",
    "removed {subject} as an administrator",
    [],
    { own: "stopped being an administrator" },
  ),
  "account.providerRefused": on(
    "instance",
    "provider",
    "couldn’t sign in through {subject}",
    ["reason"],
    someone,
  ),
  "account.providerConnected": on("instance", "provider", "connected {subject} to their account", [
    "address",
  ]),
  "account.providerDisconnected": on(
    "instance",
    "provider",
    "disconnected {subject} from their account",
    ["address"],
  ),
  "account.endedByProvider": on(
    "instance",
    "account",
    "signed {subject} out",
    ["provider", "sessions"],
    { by: "A sign-in provider" },
  ),
  "token.created": on("instance", "token", "created the access token {subject}", [
    "scope",
    "expiresAt",
  ]),
  "token.revoked": on("instance", "token", "revoked the access token {subject}"),
  "settings.changed": on("instance", "instance", "changed the server’s settings", settings),
  "instance.mailTried": on("instance", "instance", "sent a test mail", ["answer"]),
  "instance.jobsRetried": on("instance", "instance", "tried failed background jobs again", [
    "jobs",
    "queues",
  ]),
  "instance.backedUp": on(
    "instance",
    "instance",
    "made a backup",
    ["rows", "files", "bytes"],
    operator,
  ),
  "instance.desktopPublished": on(
    "instance",
    "instance",
    "published the desktop app",
    ["versions", "files"],
    operator,
  ),
  "instance.restored": on("instance", "instance", "restored a backup", broughtBack, operator),
  "instance.accessRevoked": on(
    "instance",
    "instance",
    "revoked all invitations and access tokens",
    ["invitations", "tokens"],
    operator,
  ),
  "instance.auditExported": on("instance", "export", "exported the server’s audit log", [
    "format",
    "filter",
  ]),

  "workspace.created": on("workspace", "workspace", "created the workspace {subject}"),
  "workspace.settingsChanged": on("workspace", "workspace", "changed the workspace’s settings", [
    "name",
    "picture",
    "defaultRole",
    "inviterRole",
    "exporterRole",
    "projectVisibility",
    "requiresSecondFactor",
    "invitationsRevoked",
  ]),
  "workspace.deleted": on("workspace", "workspace", "deleted the workspace {subject}"),
  "workspace.restored": on("workspace", "workspace", "restored the workspace {subject}"),
  "workspace.handedOver": on("workspace", "workspace", "handed over {subject}", [
    "person",
    "role",
    "afterwards",
  ]),
  "workspace.ownershipTaken": on(
    "workspace",
    "workspace",
    "appointed an owner of the workspace {subject}",
    ["owner"],
  ),
  "workspace.exported": on("workspace", "export", "exported all of the workspace {subject}", [], {
    unnamed: "exported all of the workspace",
  }),
  "workspace.imported": on(
    "workspace",
    "import",
    "imported the workspace {subject} from another server",
    ["madeAt", "guildhall", "rows", "files"],
    { unnamed: "imported a workspace from another server" },
  ),
  "workspace.auditExported": on("workspace", "export", "exported the audit log", [
    "format",
    "filter",
  ]),
  "member.joined": on("workspace", "account", "joined", [
    "role",
    "invitation",
    "into",
    "roleThere",
  ]),
  "member.roleChanged": on("workspace", "account", "changed the role of {subject}", ["role"], {
    own: "changed their own role",
    unnamed: "changed the role of a member",
  }),
  "member.removed": on("workspace", "account", "removed {subject}", ["role"], {
    unnamed: "removed a member",
  }),
  "member.left": on("workspace", "account", "left", ["role"]),
  "member.roleByClaim": on("workspace", "account", "got a role from their sign-in provider", [
    "role",
  ]),
  "member.groupsByClaim": on("workspace", "account", "got groups from their sign-in provider", [
    "groups",
  ]),
  "invitation.created": on(
    "workspace",
    "invitation",
    "invited {subject}",
    ["role", "into", "roleThere"],
    {
      unnamed: "invited somebody",
    },
  ),
  "invitation.linkCreated": on(
    "workspace",
    "invitation",
    "created the invitation link {subject}",
    ["role", "expiresAt", "maxUses", "domain", "into", "roleThere"],
    { unnamed: "created an invitation link" },
  ),
  "invitation.sentAgain": on("workspace", "invitation", "invited {subject} again", ["role"], {
    unnamed: "invited somebody again",
  }),
  "invitation.revoked": on(
    "workspace",
    "invitation",
    "revoked the invitation for {subject}",
    ["role"],
    { unnamed: "revoked an invitation" },
  ),
  "invitation.declined": on("workspace", "invitation", "declined an invitation", ["role"]),
  "project.deleted": on("workspace", "project", "deleted the project {subject}"),
  "project.restored": on("workspace", "project", "restored the project {subject}"),
  "project.visibilityChanged": on("workspace", "project", "changed who can see {subject}", [
    "visibility",
  ]),
  "project.exportChanged": on("workspace", "project", "changed who can export {subject}", [
    "exporterRole",
  ]),
  "project.memberSet": on("workspace", "project", "changed a member’s role in {subject}", [
    "person",
    "role",
  ]),
  "project.memberRemoved": on("workspace", "project", "removed a member from {subject}", [
    "person",
    "role",
  ]),
  "project.groupSet": on("workspace", "project", "changed a group’s role in {subject}", [
    "group",
    "role",
  ]),
  "project.groupRemoved": on("workspace", "project", "removed a group from {subject}", [
    "group",
    "role",
  ]),
  "document.groupSet": on("workspace", "document", "changed a group’s role in {subject}", [
    "group",
    "role",
  ]),
  "document.groupRemoved": on("workspace", "document", "removed a group from {subject}", [
    "group",
    "role",
  ]),
  "group.created": on("workspace", "group", "created the group {subject}", ["role", "people"]),
  "group.changed": on("workspace", "group", "changed the group {subject}", ["name", "role"]),
  "group.deleted": on("workspace", "group", "deleted the group {subject}", ["role", "people"]),
  "group.membersAdded": on("workspace", "group", "added people to the group {subject}", ["people"]),
  "group.membersRemoved": on("workspace", "group", "removed people from the group {subject}", [
    "people",
  ]),
  "document.visibilityChanged": on("workspace", "document", "changed who can see {subject}", [
    "visibility",
  ]),
  "document.memberSet": on("workspace", "document", "changed a person’s role in {subject}", [
    "person",
    "role",
  ]),
  "document.memberRemoved": on("workspace", "document", "removed a person from {subject}", [
    "person",
    "role",
  ]),
  "document.deleted": on("workspace", "document", "deleted the document {subject}"),
  "document.purged": on("workspace", "document", "permanently deleted the document {subject}"),
  "task.deleted": on("workspace", "task", "deleted the task {subject}"),
  "file.deleted": on("workspace", "file", "deleted the file {subject}"),
  "tasks.exported": on("workspace", "export", "exported the tasks of {subject}", ["archived"], {
    unnamed: "exported the tasks of a project",
  }),
  "documents.exported": on("workspace", "export", "exported documents of {subject}", ["format"], {
    unnamed: "exported documents",
  }),
  "import.started": on("workspace", "import", "started an import", ["kind", "mode"]),
} satisfies Record<string, AuditAction>;

export type AuditActionName = keyof typeof auditActions;
export const auditActionNames = Object.keys(auditActions) as AuditActionName[];
