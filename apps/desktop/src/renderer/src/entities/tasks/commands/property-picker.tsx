import type { TaskProperty } from "@guildhall/api/client";
import { propertyViews } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { useBulkCommands } from "./use-bulk-commands.ts";

export type Picking = {
  property: TaskProperty;
  taskIds: readonly string[];
  /** Where the picker opens: a card, a cell of a row, a button of the bulk bar. */
  anchor: Element;
};

type Props = {
  picking: Picking;
  /** As they are now: what is picked shows at once. */
  tasks: readonly TaskView[];
  project: Project;
  onClose: () => void;
};

/**
 * One picker for a whole board or list. A picker of its own in each of thousands of rows would
 * make them slow to scroll; this one is put where it is asked for.
 */
export function PropertyPicker({ picking, tasks, project, onClose }: Props) {
  const commands = useBulkCommands();
  const { picked } = propertyViews[picking.property];
  if (!picked || tasks.length === 0) return null;
  return (
    <picked.Picker
      tasks={tasks}
      project={project}
      onPatch={(patchOf) => commands.patch(tasks, patchOf)}
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      trigger={<Anchor rect={picking.anchor.getBoundingClientRect()} />}
    />
  );
}

/** Lies unseen over the thing the picker belongs to, so that the popup opens at its edge. */
function Anchor({ rect, ...trigger }: { rect: DOMRect } & React.ComponentProps<"button">) {
  const { left, top, width, height } = rect;
  return (
    <button
      {...trigger}
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="pointer-events-none fixed opacity-0"
      style={{ left, top, width, height }}
    />
  );
}
