import { type ReactElement, useMemo, useState } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { Combobox, type ComboboxOption } from "@/ui/controls/combobox.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import type { Tasks } from "./relations.ts";

type Props = {
  label: string;
  tasks: Tasks;
  statuses: readonly Status[];
  /** These cannot be chosen: the task itself, and what would make a circle at once. */
  without: () => ReadonlySet<string>;
  trigger: ReactElement;
  onPick: (taskId: string) => void;
};

/** One more task of the project, found by its key or its words; the newest are offered first. */
export function OtherTaskPicker({ label, tasks, statuses, without, trigger, onPick }: Props) {
  const [isOpen, setOpen] = useState(false);
  // Only while it is open: a task's page has three of these, and a project has thousands of tasks.
  const options = useMemo((): ComboboxOption[] => {
    if (!isOpen) return [];
    const excluded = without();
    return [...tasks.values()]
      .filter((task) => !task.archivedAt && !excluded.has(task.id))
      .sort((a, b) => b.number - a.number)
      .map((task) => optionOf(task, statuses));
  }, [isOpen, tasks, statuses, without]);

  return (
    <Combobox
      label={label}
      limit={30}
      options={options}
      value={null}
      open={isOpen}
      onOpenChange={setOpen}
      onValueChange={(id) => id && onPick(id)}
      emptyText="No matching tasks in this project."
      trigger={trigger}
    />
  );
}

function optionOf(task: TaskView, statuses: readonly Status[]): ComboboxOption {
  const category = statuses.find(({ id }) => id === task.statusId)?.category ?? "backlog";
  return {
    id: task.id,
    label: `${task.key} ${task.title}`,
    icon: <StatusIcon category={category} />,
  };
}
