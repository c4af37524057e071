import { useState } from "react";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { AppointOwner } from "./appoint-owner.tsx";
import { DeleteWorkspaceForm } from "./delete-workspace-form.tsx";
import type { AskedOfWorkspace } from "./workspace.ts";

type Props = { asked: AskedOfWorkspace | null; onClose: () => void };

/** What is asked before something is done with a workspace, each with what comes of it. */
export function WorkspaceDialogs({ asked, onClose }: Props) {
  // While it closes it still shows what was asked.
  const [last, setLast] = useState(asked);
  if (asked && asked !== last) setLast(asked);
  if (!last) return null;
  const { workspace, command } = last;
  const frame = {
    open: asked !== null,
    onOpenChange: (isOpen: boolean) => !isOpen && onClose(),
  };
  if (command === "restore") return <Restore last={last} frame={frame} onClose={onClose} />;
  return command === "appoint" ? (
    <Dialog {...frame} title={`Appoint an owner of ${workspace.name}`} width="small">
      <AppointOwner workspace={workspace} onDone={onClose} />
    </Dialog>
  ) : (
    <Dialog {...frame} title={`Delete ${workspace.name}?`}>
      <DeleteWorkspaceForm workspace={workspace} onDone={onClose} />
    </Dialog>
  );
}

type RestoreProps = {
  last: AskedOfWorkspace;
  frame: { open: boolean; onOpenChange: (isOpen: boolean) => void };
  onClose: () => void;
};

function Restore({ last: { workspace }, frame, onClose }: RestoreProps) {
  const cache = trpc.useUtils();
  const { mutate, isPending } = trpc.instance.restoreWorkspace.useMutation({
    onSuccess({ name }) {
      notify({ title: `${name} restored` });
      onClose();
    },
    onError(error) {
      reportFailure(`Couldn't restore ${workspace.name}`)(error);
      onClose();
    },
    onSettled: () => cache.instance.workspaces.invalidate(),
  });
  return (
    <AlertDialog
      {...frame}
      title={`Restore ${workspace.name}?`}
      confirmLabel="Restore workspace"
      isHarmless
      busy={isPending}
      onConfirm={() => mutate({ workspaceId: workspace.id })}
    >
      {workspace.members === 1
        ? "Its member gets it back with all that was in it."
        : `Its ${formatCount(workspace.members, "member")} get it back with their roles and all that was in it.`}
      {workspace.eraseAt && (
        <>
          {" "}
          Without that it is erased <RelativeTime at={workspace.eraseAt} />.
        </>
      )}
    </AlertDialog>
  );
}
