import type { RouterOutputs } from "@guildhall/api/client";
import { queryKey } from "@/sync/procedures.ts";

export type Workspace = RouterOutputs["workspaces"]["open"];
export type Member = Workspace["members"][number];
export type Role = Workspace["role"];
export type Project = Workspace["projects"][number];
export type Status = Project["statuses"][number];
export type Label = Project["labels"][number];

export const workspaceKey = (workspaceId: string) => queryKey("workspaces.open", { workspaceId });
