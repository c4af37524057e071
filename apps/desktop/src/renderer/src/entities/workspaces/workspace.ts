import type { RouterOutputs } from "@guildhall/api/client";
import { queryKey } from "@/sync/procedures.ts";

export type Workspace = RouterOutputs["workspaces"]["open"];
export type Member = Workspace["members"][number];
/** In a project or a document. */
export type Role = Project["role"];
export type WorkspaceRole = Workspace["role"];
export type Group = Workspace["groups"][number];
export type Project = Workspace["projects"][number];
export type Status = Project["statuses"][number];
export type Label = Project["labels"][number];

/** Projects, and documents at the top of the workspace. */
export const mayCreateIn = ({ role }: Pick<Workspace, "role">) =>
  role === "owner" || role === "editor";

export const workspaceKey = (workspaceId: string) => queryKey("workspaces.open", { workspaceId });

/** Where nothing else is said: a guest has no more than what they are shown. */
export const roleByWorkspace = (role: WorkspaceRole): Role => (role === "guest" ? "viewer" : role);
