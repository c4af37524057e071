import { GripVertical, Trash2 } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { categoryOptions } from "@/entities/projects/status-categories.tsx";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import type { Project, Status } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { cx } from "@/ui/format/cx.ts";
import { categoryNames } from "@/ui/icons/status-icon.tsx";
import { DeleteStatus } from "./delete-status.tsx";
import { InlineName } from "./inline-name.tsx";
import { usePutStatus } from "./use-put-project.ts";
import { useStatusDrag } from "./use-status-drag.ts";

type Props = {
  status: Status;
  project: Project;
  mayEdit: boolean;
  /** The status with this id is to stand before this one. */
  onMoveBefore: (id: string) => void;
  onStep: (by: -1 | 1) => void;
};

export function StatusRow({ status, project, mayEdit, onMoveBefore, onStep }: Props) {
  const row = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  const [isDeleting, setDeleting] = useState(false);
  const drag = useStatusDrag({
    row,
    grip,
    statusId: status.id,
    enabled: mayEdit,
    onDropped: onMoveBefore,
  });
  const { put } = usePutStatus();
  const pushUndo = useSettingsUndo();
  const update = trpc.statuses.update.useMutation({
    onSuccess: (row, { id, mutationId: of }) => {
      put(row);
      const label = `Change the status ${status.name}`;
      if (of) pushUndo({ mutation: "statuses.undo", id, of, label });
    },
    onError: reportFailure("Couldn't change the status"),
  });

  const change = (patch: { name?: string; category?: Status["category"] }) =>
    update.mutate({ id: status.id, patch, mutationId: uuidv7() });

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onStep(event.key === "ArrowUp" ? -1 : 1);
  }

  const category = (update.isPending && update.variables.patch.category) || status.category;
  return (
    <li
      ref={row}
      className={cx(
        "flex min-h-11 items-center gap-2 px-2 py-1",
        drag === "dragging" && "opacity-40",
        drag === "over" && "shadow-[0_-2px_0_var(--accent)]",
      )}
    >
      {mayEdit && (
        <button
          ref={grip}
          type="button"
          aria-label={`Move ${status.name}: drag, or press up or down`}
          onKeyDown={onKeyDown}
          className="grid h-6 w-5 shrink-0 cursor-grab place-items-center rounded-control text-faint hover:text-ink"
        >
          <GripVertical size={14} aria-hidden="true" />
        </button>
      )}
      <InlineName
        label={`Name of status ${status.name}`}
        name={status.name}
        readOnly={!mayEdit}
        onRename={(name) => change({ name })}
      />
      {mayEdit ? (
        <Select
          label={`Category of ${status.name}`}
          variant="quiet"
          value={category}
          options={categoryOptions}
          onValueChange={(next) => change({ category: next })}
        />
      ) : (
        <span className="px-2 text-muted">{categoryNames[category]}</span>
      )}
      {mayEdit && (
        <IconButton
          label={
            project.statuses.length > 1
              ? `Delete ${status.name}`
              : "A project needs at least one status"
          }
          size="small"
          icon={<Trash2 size={14} />}
          disabled={project.statuses.length < 2}
          onClick={() => setDeleting(true)}
        />
      )}
      <DeleteStatus
        status={status}
        project={project}
        open={isDeleting}
        onOpenChange={setDeleting}
      />
    </li>
  );
}
