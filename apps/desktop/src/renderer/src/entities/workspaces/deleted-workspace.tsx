import { Trash2 } from "lucide-react";
import { use } from "react";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { type Deleted, useRestoreWorkspace } from "./use-restore-workspace.ts";

/** Instead of a workspace that was deleted: what happened, and until when it can be undone. */
export function DeletedWorkspace({ deleted }: { deleted: Deleted }) {
  const { id, name, role, deletedBy, deletedAt, eraseAt } = deleted;
  const navigate = use(NavigateContext);
  const restore = useRestoreWorkspace();
  const isOwner = role === "owner";
  return (
    <main className="h-full">
      <EmptyState
        icon={<Trash2 size={18} />}
        title={`${name} was deleted`}
        command={
          <>
            {isOwner && (
              <Button
                variant="primary"
                busy={restore.isPending}
                onClick={() => restore.mutate({ workspaceId: id })}
              >
                Restore workspace
              </Button>
            )}
            <Button onClick={() => navigate?.(paths.home())}>Go to another workspace</Button>
          </>
        }
      >
        {deletedBy ?? "An owner"} deleted it <RelativeTime at={deletedAt} />. Everything in it is
        kept until <RelativeTime at={eraseAt} />, and nobody can see or change it until then.{" "}
        {isOwner ? "You can restore it." : "Its owners can restore it."}
      </EmptyState>
    </main>
  );
}
