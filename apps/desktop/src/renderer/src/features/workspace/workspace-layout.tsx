import { Outlet, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useOpenWorkspace, WorkspaceContext } from "@/sync/use-workspace.ts";
import { lastWorkspace } from "./last-workspace.ts";

export function WorkspaceLayout() {
  const { workspaceId } = useParams({ from: "/w/$workspaceId" });
  const { workspace } = useOpenWorkspace(workspaceId);
  useEffect(() => lastWorkspace.write(workspaceId), [workspaceId]);
  if (!workspace) return null;
  return (
    <WorkspaceContext value={workspace}>
      <Outlet />
    </WorkspaceContext>
  );
}
