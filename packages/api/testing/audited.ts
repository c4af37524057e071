/** Which mutations are in the audit log, and by which actions; held against the router by a test. */
import type { AuditActionName } from "../src/audit/actions.ts";

export const audited: Record<string, readonly AuditActionName[]> = {
  "auth.register": ["account.created"],
  "auth.login": ["account.signedIn", "account.signInFailed"],
  "auth.finishSignIn": ["account.signedIn", "account.signInFailed", "account.recoveryCodeUsed"],
  "auth.signInByPasskey": ["account.signedIn", "account.signInFailed"],
  "factors.confirmApp": ["account.factorAdded"],
  "factors.removeApp": ["account.factorRemoved"],
  "factors.addPasskey": ["account.factorAdded"],
  "factors.removePasskey": ["account.factorRemoved"],
  "factors.renewRecoveryCodes": ["account.recoveryCodesMade"],
  "auth.logout": ["account.signedOut"],
  "auth.changePassword": ["account.passwordChanged"],
  "auth.forgotPassword": ["account.resetSent"],
  "auth.resetPassword": ["account.passwordReset"],
  "auth.revokeSession": ["account.sessionsEnded"],
  "auth.revokeOtherSessions": ["account.sessionsEnded"],
  "providers.link": ["account.providerConnected"],
  "providers.disconnect": ["account.providerDisconnected"],
  "tokens.create": ["token.created"],
  "tokens.revoke": ["token.revoked"],
  "workspaces.create": ["workspace.created"],
  "workspaces.update": ["workspace.settingsChanged"],
  "workspaces.delete": ["workspace.deleted"],
  "workspaces.restore": ["workspace.restored"],
  "members.add": ["invitation.created"],
  "members.setRole": ["member.roleChanged"],
  "members.remove": ["member.removed", "member.left"],
  "invitations.create": ["invitation.created"],
  "invitations.createMany": ["invitation.created"],
  "invitations.createLink": ["invitation.linkCreated"],
  "invitations.remind": ["invitation.sentAgain"],
  "invitations.revoke": ["invitation.revoked"],
  "invitations.accept": ["member.joined"],
  "invitations.decline": ["invitation.declined"],
  "projects.update": ["project.visibilityChanged"],
  "projects.setMember": ["project.memberSet"],
  "projects.removeMember": ["project.memberRemoved"],
  "documents.setVisibility": ["document.visibilityChanged"],
  "documents.setMember": ["document.memberSet"],
  "documents.removeMember": ["document.memberRemoved"],
  "documents.delete": ["document.deleted"],
  "documents.purge": ["document.purged"],
  "tasks.delete": ["task.deleted"],
  "tasks.deleteMany": ["task.deleted"],
  "files.delete": ["file.deleted"],
  "imports.start": ["import.started"],
  "imports.startDocuments": ["import.started"],
};

const ownAccount = "one's own name, address or way of being told; it gives nobody anything";
const work = "people's work: the activity and each thing's history tell of it";
const undo = "goes back within one's own work, and changes no right";
const sending = "bytes on their way; what becomes of them is work";

/** Each with the reason why nobody has to answer for it. */
export const notAudited: Record<string, string> = {
  ...because(ownAccount, "auth", "updateProfile sendConfirmation confirmEmail"),
  ...because("proves who one is; what it is for is noted", "auth", "confirm confirmByPasskey"),
  ...because("asks what to sign, and changes nothing", "auth", "askForPasskey askToConfirm"),
  ...because("begins what another call ends", "factors", "beginApp beginPasskey"),
  ...because(ownAccount, "factors", "renamePasskey"),
  ...because(ownAccount, "notifications", "mark setSettings setTimeZone"),
  ...because(ownAccount, "follows", "set"),
  ...because(ownAccount, "pushes", "subscribe unsubscribe"),
  ...because("begins what `providers.link` ends", "providers", "connect"),
  ...because(work, "projects", "create archive restore"),
  ...because(undo, "projects", "undo"),
  ...because(work, "statuses", "create update delete"),
  ...because(undo, "statuses", "undo"),
  ...because(work, "labels", "create update delete"),
  ...because(undo, "labels", "undo"),
  ...because(
    work,
    "tasks",
    "create update updateMany move archive archiveMany restore restoreMany",
  ),
  ...because(undo, "tasks", "undo"),
  ...because(
    work,
    "checklists",
    "create rename move delete addItems updateItem moveItem deleteItem",
  ),
  ...because(undo, "checklists", "undo undoItems"),
  ...because(work, "comments", "create update resolve reopen delete restore"),
  ...because(undo, "comments", "undo"),
  ...because(work, "threads", "begin resolve reopen reanchor"),
  ...because(undo, "threads", "undo"),
  ...because(work, "reactions", "toggle"),
  ...because(work, "documents", "create push update move archive restore restoreFromTrash"),
  ...because(work, "documents", "duplicate createFromTemplate nameVersion restoreVersion visit"),
  ...because(work, "documents", "addFavourite removeFavourite sendAwareness"),
  ...because(undo, "documents", "undo undoVersionName"),
  ...because(sending, "files", "begin partAddress address finish abandon"),
  ...because(work, "files", "rename restore restoreVersion"),
  ...because("changes nothing", "imports", "preview"),
  ...because("ends what an entry tells of; nothing of it stays", "imports", "cancel"),
};

function because(reason: string, group: string, names: string) {
  return Object.fromEntries(names.split(" ").map((name) => [`${group}.${name}`, reason]));
}
