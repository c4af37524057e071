import { uuidv7 } from "uuidv7";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import { useAssignable, useWithAssigned } from "@/entities/people/people.ts";
import {
  AssigneePicker,
  DueDatePicker,
  LabelPicker,
  PriorityPicker,
  StatusPicker,
} from "@/entities/tasks/properties/task-pickers.tsx";
import type { PickerName } from "@/entities/tasks/properties/task-properties.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { common, withChange } from "./many-tasks.ts";
import { useBulkActs } from "./use-bulk-commands.ts";

export type Picking = {
  property: PickerName;
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
  const acts = useBulkActs();
  const assigned = new Set(tasks.flatMap((task) => task.assigneeIds));
  const people = useWithAssigned(useAssignable(project), [...assigned]);
  const createLabel = useLabelFor(tasks, project);
  const [first] = tasks;
  if (!first) return null;

  const same = <T,>(of: (task: TaskView) => T) =>
    tasks.every((task) => of(task) === of(first)) ? of(first) : null;
  const opening = {
    open: true,
    onOpenChange: (isOpen: boolean) => {
      if (!isOpen) onClose();
    },
    trigger: <Anchor rect={picking.anchor.getBoundingClientRect()} />,
  };

  switch (picking.property) {
    case "status":
      return (
        <StatusPicker
          {...opening}
          value={same((task) => task.statusId) ?? ""}
          statuses={project.statuses}
          onPick={(statusId) => acts.patch(tasks, () => ({ statusId }))}
        />
      );
    case "priority":
      return (
        <PriorityPicker
          {...opening}
          value={same((task) => task.priority)}
          onPick={(priority) => acts.patch(tasks, () => ({ priority }))}
        />
      );
    case "dueDate":
      return (
        <DueDatePicker
          {...opening}
          value={same((task) => task.dueDate)}
          onPick={(dueDate) => acts.patch(tasks, () => ({ dueDate }))}
        />
      );
    case "assignees": {
      const shared = common(tasks.map((task) => task.assigneeIds));
      return (
        <AssigneePicker
          {...opening}
          value={shared}
          people={people}
          onPick={(ids) =>
            acts.patch(tasks, (task) => ({
              assigneeIds: withChange(task.assigneeIds, shared, ids),
            }))
          }
        />
      );
    }
    case "labels": {
      const shared = common(tasks.map((task) => task.labelIds));
      return (
        <LabelPicker
          {...opening}
          value={shared}
          labels={project.labels}
          onPick={(ids) =>
            acts.patch(tasks, (task) => ({ labelIds: withChange(task.labelIds, shared, ids) }))
          }
          onCreate={createLabel}
        />
      );
    }
  }
}

/** Lies unseen over the thing the picker belongs to, so that the popup opens at its edge. */
function Anchor({ rect, ...trigger }: { rect: DOMRect } & React.ComponentProps<"button">) {
  const { left, top, width, height } = rect;
  return (
    <button
      {...trigger}
      type="button"
      tabIndex={-1}
      className="pointer-events-none fixed opacity-0"
      style={{ left, top, width, height }}
    />
  );
}

function useLabelFor(tasks: readonly TaskView[], project: Project) {
  const acts = useBulkActs();
  const create = trpc.labels.create.useMutation({
    onError: reportFailure("Couldn't create the label"),
  });
  return (name: string) => {
    const id = uuidv7();
    const color = nextLabelColor(project.labels.length);
    const put = () => acts.patch(tasks, (task) => ({ labelIds: [...task.labelIds, id] }));
    create.mutate({ id, projectId: project.id, name, color }, { onSuccess: put });
  };
}
