import { Trash2 } from "lucide-react";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { ColorPicker } from "@/entities/labels/color-picker.tsx";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import type { Label } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { InlineName } from "./inline-name.tsx";
import { usePutLabel } from "./use-put-project.ts";

export function LabelRow({ label, mayEdit }: { label: Label; mayEdit: boolean }) {
  const { id, name } = label;
  const { put, remove: takeOut } = usePutLabel();
  const [isDeleting, setDeleting] = useState(false);
  const pushUndo = useSettingsUndo();
  const update = trpc.labels.update.useMutation({
    onSuccess: (row, { mutationId: of }) => {
      put(row);
      if (of) pushUndo({ mutation: "labels.undo", id, of, label: `Change the label ${name}` });
    },
    onError: reportFailure("Couldn't change the label"),
  });
  const remove = trpc.labels.delete.useMutation({
    onSuccess: () => {
      takeOut(id);
      notify({ title: `Deleted the label ${name}` });
    },
    onError: reportFailure("Couldn't delete the label"),
  });
  const change = (patch: { name?: string; color?: string }) =>
    update.mutate({ id, patch, mutationId: uuidv7() });
  const color = (update.isPending && update.variables.patch.color) || label.color;

  return (
    <li className="flex min-h-11 items-center gap-1.5 px-2 py-1">
      {mayEdit ? (
        <ColorPicker
          label={`Colour of ${name}`}
          value={color}
          onValueChange={(next) => change({ color: next })}
        />
      ) : (
        <span className="grid size-7 place-items-center">
          <LabelDot color={color} size={10} />
        </span>
      )}
      <InlineName
        label={`Name of label ${name}`}
        name={name}
        readOnly={!mayEdit}
        onRename={(next) => change({ name: next })}
      />
      {mayEdit && (
        <IconButton
          label={`Delete ${name}`}
          size="small"
          icon={<Trash2 size={14} />}
          onClick={() => setDeleting(true)}
        />
      )}
      <AlertDialog
        open={isDeleting}
        onOpenChange={setDeleting}
        title={`Delete the label ${name}?`}
        confirmLabel="Delete label"
        onConfirm={() => remove.mutate({ id })}
        busy={remove.isPending}
      >
        It will be removed from every task that has it. This can't be undone.
      </AlertDialog>
    </li>
  );
}
