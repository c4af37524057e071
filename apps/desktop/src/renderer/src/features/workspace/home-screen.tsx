import { Navigate } from "@tanstack/react-router";
import { lastWorkspace } from "@/entities/workspaces/last-workspace.ts";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { addresses } from "@/lib/paths.ts";
import { errorWords } from "@/sync/format-error.ts";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { WorkspaceFailed } from "./workspace-failed.tsx";

/** Where one was last, else the first workspace, else the making of one. */
export function HomeScreen() {
  const { workspaces, isAsking, error, retry } = useWorkspaceList();
  const last = workspaces?.find((w) => w.id === lastWorkspace.read()) ?? workspaces?.[0];
  if (last) return <Navigate to={addresses.workspace(last.id)} replace />;
  if (isAsking) return <StartingPage />;
  if (error) return <WorkspaceFailed onRetry={retry}>{errorWords(error)}</WorkspaceFailed>;
  return <Navigate to={addresses.newWorkspace()} replace />;
}
