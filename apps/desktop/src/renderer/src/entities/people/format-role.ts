import type { Role } from "@/entities/workspaces/workspace.ts";

export const roleNames: Record<Role, string> = {
  owner: "Owner",
  editor: "Editor",
  viewer: "Viewer",
};

/** What a role may do in a workspace. */
export const roleMeanings: Record<Role, string> = {
  owner: "Full access, including members and permissions",
  editor: "Can create and edit projects, tasks and documents",
  viewer: "Can view and comment",
};
