import { useState } from "react";
import type { Project, Status } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { usePutStatus } from "./use-put-project.ts";

type Props = {
  status: Status;
  project: Project;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Its tasks have to go somewhere, and cannot be told apart afterwards: so it asks. */
export function DeleteStatus({ status, project, open, onOpenChange }: Props) {
  const others = project.statuses.filter(({ id }) => id !== status.id);
  const nearest = others.find(({ category }) => category === status.category) ?? others[0];
  const [chosen, setChosen] = useState<string | null>(null);
  const moveTo = others.find(({ id }) => id === chosen) ?? nearest;
  const { remove: takeOut } = usePutStatus();
  const remove = trpc.statuses.delete.useMutation({
    onSuccess: ({ id }) => {
      takeOut(id);
      onOpenChange(false);
      notify({ title: `Deleted the status ${status.name}` });
    },
  });
  if (!moveTo) return null;
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete the status ${status.name}?`}
      confirmLabel="Delete status"
      onConfirm={() => remove.mutate({ id: status.id, moveTo: moveTo.id })}
      busy={remove.isPending}
    >
      <p className="mb-3">Its tasks move to another status. This can't be undone.</p>
      <div className="flex items-center gap-3">
        <span className="text-ink">Move tasks to</span>
        <Select
          label="Move tasks to"
          value={moveTo.id}
          options={others.map(({ id, name, category }) => ({
            value: id,
            label: name,
            icon: <StatusIcon category={category} />,
          }))}
          onValueChange={setChosen}
        />
      </div>
      {remove.error && (
        <div className="mt-3">
          <ErrorNotice title="Couldn't delete the status">{formatError(remove.error)}</ErrorNotice>
        </div>
      )}
    </AlertDialog>
  );
}
