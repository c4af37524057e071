import { useQueryClient } from "@tanstack/react-query";
import { LockKeyhole } from "lucide-react";
import { lazy, Suspense, use, useEffect, useState } from "react";
import { DeletedWorkspace } from "@/entities/workspaces/deleted-workspace.tsx";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { paths } from "@/lib/paths.ts";
import { refetchQueries } from "@/lib/refetch-queries.ts";
import { queryKey } from "@/sync/procedures.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";

const FactorNeeded = lazy(() => import("@/entities/session/factors/factor-needed.tsx"));

type Props = {
  workspaceId: string;
  /** Known when it was open here until a moment ago. */
  name: string | undefined;
  /** It was restored meanwhile. */
  onBack: () => void;
};

/** Removed from it, or it never was ours to see: the two look the same. */
export function LostWorkspace({ workspaceId, name, onBack }: Props) {
  const navigate = use(NavigateContext);
  const { email } = useMe();
  const cache = useQueryClient();
  // What is at hand is from before it was lost, and so may be what is under way.
  useEffect(() => {
    for (const path of ["workspaces.list", "workspaces.deleted"] as const) {
      refetchQueries(cache, { queryKey: queryKey(path) });
    }
  }, [cache]);
  const { workspaces } = useWorkspaceList();
  const { restart } = useSession();
  const awaiting = workspaces?.find(({ id, awaitsFactor }) => id === workspaceId && awaitsFactor);
  // Stays while its recovery codes are shown, though by then the workspace is open.
  const [required, setRequired] = useState(awaiting);
  if (awaiting && !required) setRequired(awaiting);
  const { data: deleted } = trpc.workspaces.deleted.useQuery();
  const itself = deleted?.find(({ id }) => id === workspaceId);
  const [wasDeleted, setWasDeleted] = useState(false);
  const isBack = wasDeleted && !itself && workspaces?.some(({ id }) => id === workspaceId);
  useEffect(() => {
    if (itself) setWasDeleted(true);
    else if (isBack) onBack();
  }, [itself, isBack, onBack]);
  const others = workspaces?.filter(({ id }) => id !== workspaceId) ?? [];
  if (itself) return <DeletedWorkspace deleted={itself} />;
  if (required) {
    return (
      <Suspense fallback={null}>
        <FactorNeeded by={required.name} onReady={() => void restart()} />
      </Suspense>
    );
  }
  return (
    <main className="h-full">
      <EmptyState
        icon={<LockKeyhole size={18} />}
        title={
          name ? `You no longer have access to ${name}` : "You don't have access to this workspace"
        }
        command={
          <>
            {others.slice(0, 3).map((workspace) => (
              <Button key={workspace.id} onClick={() => navigate?.(paths.workspace(workspace.id))}>
                Open {workspace.name}
              </Button>
            ))}
            {others.length === 0 && (
              <Button onClick={() => navigate?.(paths.newWorkspace())}>Create a workspace</Button>
            )}
          </>
        }
      >
        You're signed in as {email}. Ask a workspace owner to invite this address, then open the
        link in the invitation.
      </EmptyState>
    </main>
  );
}
