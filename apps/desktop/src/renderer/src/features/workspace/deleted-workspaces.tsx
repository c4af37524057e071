import { useDeletedWorkspaces } from "@/entities/workspaces/use-deleted-workspaces.ts";
import { useRestoreWorkspace } from "@/entities/workspaces/use-restore-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Those that one owned, each until its days are over. */
export default function DeletedWorkspaces({ open, onOpenChange }: Props) {
  const workspaces = useDeletedWorkspaces();
  const restore = useRestoreWorkspace();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Deleted workspaces"
      description="You can restore them until they are erased."
      width="small"
    >
      <Rows label="Deleted workspaces">
        {workspaces.map(({ id, name, eraseAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 px-3 py-2.5 text-13">
            <div className="min-w-40 flex-1">
              <p dir="auto" className="truncate font-medium">
                {name}
              </p>
              <p className="text-12 text-muted">
                Erased <RelativeTime at={eraseAt} />
              </p>
            </div>
            <Button
              busy={restore.isPending && restore.variables.workspaceId === id}
              onClick={() => restore.mutate({ workspaceId: id })}
              aria-label={`Restore ${name}`}
            >
              Restore
            </Button>
          </li>
        ))}
      </Rows>
    </Dialog>
  );
}
