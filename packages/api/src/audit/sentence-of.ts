/** What an entry says, in the words of its action's row. */

import { auditActions } from "./actions.ts";
import type { AuditAction, AuditSubject } from "./audit-action.ts";

const aThing = {
  account: "an account",
  document: "a document",
  export: "an export",
  file: "a file",
  group: "a group",
  import: "an import",
  instance: "this server",
  invitation: "an invitation",
  project: "a project",
  provider: "a sign-in provider",
  task: "a task",
  token: "an access token",
  workspace: "a workspace",
} satisfies Record<AuditSubject, string>;

type Said = {
  action: string;
  /** Of the thing, as its reader is told. */
  name: string | null;
  /** Whoever did it did it to themselves. */
  isOwn: boolean;
  actorName: string | null;
};

/** Who, and the sentence that goes on after it. An action of a newer version is told by its name. */
export function sentenceOf({ action, name, isOwn, actorName }: Said) {
  const known = (auditActions as Record<string, AuditAction | undefined>)[action];
  const who = actorName ?? known?.by ?? "Someone";
  if (!known) return { who, sentence: action };
  if (isOwn && known.own) return { who, sentence: known.own };
  if (name !== null) return { who, sentence: known.sentence.replace("{subject}", name) };
  return { who, sentence: known.unnamed ?? withoutName(known) };
}

/** "deleted the file {subject}": "deleted a file". */
function withoutName({ sentence, subject }: AuditAction) {
  const words = aThing[subject].replace(/^an? /, "");
  return sentence
    .replace(`the ${words} {subject}`, aThing[subject])
    .replace("{subject}", aThing[subject]);
}
