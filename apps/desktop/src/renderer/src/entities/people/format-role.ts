import type { WorkspaceRole } from "@/entities/workspaces/workspace.ts";

export const roleNames: Record<WorkspaceRole, string> = {
  owner: "Owner",
  editor: "Editor",
  viewer: "Viewer",
  guest: "Guest",
};

/** What a role may do in a workspace. */
export const roleMeanings: Record<WorkspaceRole, string> = {
  owner: "Full access, including members and permissions",
  editor: "Can create and edit projects, tasks and documents",
  viewer: "Can view and comment",
  guest: "Only sees the projects and documents you add them to",
};
