export type AuditSubject =
  | "account"
  | "document"
  | "export"
  | "file"
  | "group"
  | "import"
  | "instance"
  | "invitation"
  | "project"
  | "provider"
  | "task"
  | "token"
  | "workspace";

export type AuditAction = {
  /** `workspace`: in that workspace's log, which its owners read; `instance`: in the server's alone. */
  scope: "workspace" | "instance";
  subject: AuditSubject;
  sentence: string;
  /** Where the thing has no name, or one that its reader is not told; without it, the sentence with its kind. */
  unnamed?: string;
  /** Of what somebody did to their own account. */
  own?: string;
  /** Who did it where that was nobody who was signed in. */
  by?: string;
  /** What is noted before and after. */
  fields: readonly string[];
};

/** A row of the table: its fields keep their names as types. */
export function on<S extends AuditAction["scope"], const F extends readonly string[] = readonly []>(
  scope: S,
  subject: AuditSubject,
  sentence: string,
  fields?: F,
  more: Pick<AuditAction, "unnamed" | "own" | "by"> = {},
) {
  return { scope, subject, sentence, fields: (fields ?? []) as F, ...more };
}
