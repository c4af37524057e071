import { Archive, Trash2, X } from "lucide-react";
import { useBulkCommands } from "@/entities/tasks/commands/use-bulk-commands.ts";
import { pickedProperties } from "@/entities/tasks/properties/property-views.tsx";
import { useView } from "@/features/project-view/view/view-context.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import type { Selection } from "./use-selection.ts";

/** What can be done to all selected tasks at once; floats over the list's end. */
export function BulkBar({ selection }: { selection: Selection }) {
  const { canEdit, pick } = useView();
  const commands = useBulkCommands();
  const { tasks, clear } = selection;
  if (tasks.length === 0) return null;
  const ids = tasks.map(({ id }) => id);

  function andClear(run: (chosen: typeof tasks) => void) {
    run(tasks);
    clear();
  }

  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 flex px-3 @5xl/main:justify-center">
      <div
        role="toolbar"
        aria-label={`${tasks.length} tasks selected`}
        data-bulk-bar
        className="popup pointer-events-auto flex flex-wrap items-center gap-0.5 p-1.5 @max-lg/main:gap-0"
      >
        <span className="whitespace-nowrap px-2 font-medium tabular-nums" aria-live="polite">
          {tasks.length} selected
        </span>
        {canEdit &&
          pickedProperties.map(({ name, label, icon: Icon, picked: { keys } }) => (
            <IconButton
              key={name}
              label={label}
              keys={keys}
              icon={<Icon size={15} />}
              tooltipSide="top"
              onClick={(event) => pick(name, ids, event.currentTarget)}
            />
          ))}
        {canEdit && (
          <>
            <span className="mx-1 h-4 w-px bg-line @max-lg/main:hidden" />
            <IconButton
              label="Archive"
              keys="shift+backspace"
              tooltipSide="top"
              icon={<Archive size={15} />}
              onClick={() => andClear(commands.archive)}
            />
            <IconButton
              label="Delete"
              keys="mod+backspace"
              tooltipSide="top"
              icon={<Trash2 size={15} />}
              onClick={() => andClear(commands.remove)}
            />
            <span className="mx-1 h-4 w-px bg-line @max-lg/main:hidden" />
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
