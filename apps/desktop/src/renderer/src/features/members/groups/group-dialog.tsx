import { type FormEvent, useState } from "react";
import { uuidv7 } from "uuidv7";
import { usePutGroup } from "@/entities/groups/use-put-group.ts";
import { ColorPicker } from "@/entities/labels/color-picker.tsx";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextArea } from "@/ui/controls/text-area.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { notify } from "@/ui/overlays/toast.ts";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null: a new one. */
  group: Group | null;
  onSaved?: (group: Group) => void;
};

/** What a group is called. Who is in it and what they may do stands in its row. */
export function GroupDialog({ open, onOpenChange, group, onSaved }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={group ? `Edit ${group.name}` : "New group"}
      width="small"
    >
      <GroupForm
        group={group}
        onSaved={(saved) => {
          onOpenChange(false);
          onSaved?.(saved);
        }}
      />
    </Dialog>
  );
}

function useSave(group: Group | null, onSaved: (group: Group) => void) {
  const { id: workspaceId } = useWorkspace();
  const put = usePutGroup();
  const pushUndo = useSettingsUndo();
  const onSuccess = (row: Group) => {
    put(row.id, row);
    onSaved(row);
  };
  const create = trpc.groups.create.useMutation({
    onSuccess: (row) => {
      onSuccess(row);
      notify({ title: `Created the group ${row.name}` });
    },
  });
  const update = trpc.groups.update.useMutation({
    onSuccess: (row, { id, mutationId: of }) => {
      onSuccess(row);
      if (of) pushUndo({ mutation: "groups.undo", id, of, label: `Change the group ${row.name}` });
    },
  });
  return {
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
    save(fields: { name: string; handle?: string; description: string; color: string }) {
      if (group) update.mutate({ id: group.id, patch: fields, mutationId: uuidv7() });
      else create.mutate({ workspaceId, id: uuidv7(), ...fields });
    },
  };
}

function GroupForm({ group, onSaved }: Pick<Props, "group"> & Required<Pick<Props, "onSaved">>) {
  const { groups = [] } = useWorkspace();
  const [name, setName] = useState(group?.name ?? "");
  const [handle, setHandle] = useState(group?.handle ?? "");
  const [description, setDescription] = useState(group?.description ?? "");
  const [color, setColor] = useState(group?.color ?? nextLabelColor(groups.length));
  const { save, isPending, error } = useSave(group, onSaved);

  function submit(event: FormEvent) {
    event.preventDefault();
    save({
      name: name.trim(),
      ...(handle.trim() && { handle: handle.trim() }),
      description: description.trim(),
      color,
    });
  }

  return (
    <form onSubmit={submit} className="grid gap-4 pb-2">
      {error && (
        <ErrorNotice title={group ? "Couldn't change the group" : "Couldn't create the group"}>
          {formatError(error)}
        </ErrorNotice>
      )}
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Name"
            required
            maxLength={100}
            placeholder="Design"
            value={name}
            onValueChange={setName}
          />
        </div>
        <ColorPicker label="Colour" framed value={color} onValueChange={setColor} />
      </div>
      <TextField
        label="Handle"
        aside={group ? undefined : "Optional"}
        maxLength={50}
        placeholder="design"
        hint="What people type after @. Lower-case letters, digits and hyphens."
        value={handle}
        onValueChange={(typed) => setHandle(typed.replace(/^@/, "").toLowerCase())}
      />
      <TextArea
        label="Description"
        aside="Optional"
        rows={2}
        maxLength={1_000}
        placeholder="What this group is for"
        value={description}
        onValueChange={setDescription}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={isPending} disabled={!name.trim()}>
          {group ? "Save" : "Create group"}
        </Button>
      </div>
    </form>
  );
}
