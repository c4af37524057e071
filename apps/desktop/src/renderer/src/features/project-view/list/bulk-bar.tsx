import {
  Archive,
  CalendarDays,
  CircleDashed,
  SignalHigh,
  Tag,
  Trash2,
  UserRound,
  X,
} from "lucide-react";
import { useBulkActs } from "@/entities/tasks/commands/use-bulk-commands.ts";
import type { PickerName } from "@/entities/tasks/properties/task-properties.tsx";
import { useView } from "@/features/project-view/view/view-context.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import type { Selection } from "./use-selection.ts";

const properties = [
  { property: "status", label: "Status", keys: "s", icon: <CircleDashed size={15} /> },
  { property: "priority", label: "Priority", keys: "p", icon: <SignalHigh size={15} /> },
  { property: "assignees", label: "Assignees", keys: "a", icon: <UserRound size={15} /> },
  { property: "labels", label: "Labels", keys: "l", icon: <Tag size={15} /> },
  { property: "dueDate", label: "Due date", keys: "d", icon: <CalendarDays size={15} /> },
] as const;

/** What can be done to all chosen tasks at once; floats over the list's end. */
export function BulkBar({ selection }: { selection: Selection }) {
  const { canEdit, pick } = useView();
  const acts = useBulkActs();
  const { tasks, clear } = selection;
  if (tasks.length === 0) return null;
  const ids = tasks.map(({ id }) => id);

  function andClear(act: (chosen: typeof tasks) => void) {
    act(tasks);
    clear();
  }

  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 flex px-3 @5xl/main:justify-center">
      <div
        role="toolbar"
        aria-label={`${tasks.length} tasks selected`}
        data-bulk-bar
        className="popup pointer-events-auto flex flex-wrap items-center gap-0.5 p-1.5"
      >
        <span className="px-2 font-medium tabular-nums" aria-live="polite">
          {tasks.length} chosen
        </span>
        {canEdit &&
          properties.map(({ property, ...button }) => (
            <IconButton
              key={property}
              {...button}
              tooltipSide="top"
              onClick={(event) => pick(property satisfies PickerName, ids, event.currentTarget)}
            />
          ))}
        {canEdit && (
          <>
            <span className="mx-1 h-4 w-px bg-line" />
            <IconButton
              label="Archive"
              keys="shift+backspace"
              tooltipSide="top"
              icon={<Archive size={15} />}
              onClick={() => andClear(acts.archive)}
            />
            <IconButton
              label="Delete"
              keys="mod+backspace"
              tooltipSide="top"
              icon={<Trash2 size={15} />}
              onClick={() => andClear(acts.remove)}
            />
            <span className="mx-1 h-4 w-px bg-line" />
          </>
        )}
        <IconButton
          label="Clear selection"
          keys="escape"
          tooltipSide="top"
          icon={<X size={15} />}
          onClick={clear}
        />
      </div>
    </div>
  );
}
