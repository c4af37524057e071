import { LockKeyhole } from "lucide-react";
import { use } from "react";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { paths } from "@/lib/paths.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";

type Props = {
  workspaceId: string;
  /** Known when it was open here until a moment ago. */
  name: string | undefined;
};

/** Removed from it, or it never was ours to see: the two look the same. */
export function LostWorkspace({ workspaceId, name }: Props) {
  const navigate = use(NavigateContext);
  const { email } = useMe();
  const { workspaces } = useWorkspaceList();
  const others = workspaces?.filter(({ id }) => id !== workspaceId) ?? [];
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
