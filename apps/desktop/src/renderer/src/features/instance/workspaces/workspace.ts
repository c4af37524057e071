import type { RouterOutputs } from "@guildhall/api/client";

export type WorkspaceOfServer = RouterOutputs["instance"]["workspaces"]["workspaces"][number];

/** What an administrator can do with one. */
export type WorkspaceCommand = "appoint" | "delete" | "restore";
export type AskedOfWorkspace = { workspace: WorkspaceOfServer; command: WorkspaceCommand };

export function commandsFor({ deletedAt, isErasing, owners }: WorkspaceOfServer) {
  const commands: { command: WorkspaceCommand; label: string; danger?: boolean }[] = [];
  if (isErasing) return commands;
  if (deletedAt) return [{ command: "restore" as const, label: "Restore…" }];
  if (owners.length === 0) commands.push({ command: "appoint", label: "Appoint an owner…" });
  commands.push({ command: "delete", label: "Delete…", danger: true });
  return commands;
}
