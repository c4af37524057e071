import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";

export function useMayInvite(): boolean {
  const { role, inviterRole } = useWorkspace();
  return role === "owner" || (role === "editor" && inviterRole === "editor");
}
