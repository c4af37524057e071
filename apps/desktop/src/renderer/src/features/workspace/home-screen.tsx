import { Navigate } from "@tanstack/react-router";
import { lastWorkspace } from "@/entities/workspaces/last-workspace.ts";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { WorkspaceFailed } from "./workspace-failed.tsx";

/** Where one was last, else the first workspace, else the making of one. */
export function HomeScreen() {
  const { workspaces, isAsking, error, retry } = useWorkspaceList();
  const last = workspaces?.find((w) => w.id === lastWorkspace.read()) ?? workspaces?.[0];
  if (last) return <Navigate to={paths.workspace(last.id)} replace />;
  if (isAsking) return <StartingPage />;
  if (error) return <WorkspaceFailed onRetry={retry}>{formatError(error)}</WorkspaceFailed>;
  return <Navigate to={paths.newWorkspace()} replace />;
}
