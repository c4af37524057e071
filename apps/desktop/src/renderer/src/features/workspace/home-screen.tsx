import { Navigate } from "@tanstack/react-router";
import { addresses } from "@/routes/addresses.ts";
import { trpc } from "@/sync/trpc.ts";
import { lastWorkspace } from "./last-workspace.ts";

/** Where one was last, else the first workspace, else the making of one. */
export function HomeScreen() {
  const { data: workspaces } = trpc.workspaces.list.useQuery();
  if (!workspaces) return null;
  const last = workspaces.find((w) => w.id === lastWorkspace.read()) ?? workspaces[0];
  return <Navigate to={last ? addresses.workspace(last.id) : addresses.newWorkspace()} replace />;
}
