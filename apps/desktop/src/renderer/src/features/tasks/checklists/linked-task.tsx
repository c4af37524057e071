import { ListChecks } from "lucide-react";
import type { ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import { useAssigneesById } from "@/entities/groups/assignees.ts";
import { DueDate } from "@/entities/tasks/properties/day-text.tsx";
import { TaskDone } from "@/entities/tasks/row/task-done.tsx";
import { TaskLink } from "@/entities/tasks/row/task-link.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { useChecklistsParts } from "./checklists-context.ts";
import { ItemMenu, placeEntries } from "./item-extras.tsx";
import type { ItemCommands } from "./use-item-commands.ts";

type Props = { item: ItemView; task: TaskView; commands: ItemCommands };

/** The task that an item has become: done when that is. */
export function LinkedTask({ item, task, commands }: Props) {
  const { project, readOnly } = useChecklistsParts();
  const people = useAssigneesById();
  const entries = [
    {
      label: "Turn back into an item",
      icon: <ListChecks size={14} />,
      onSelect: () => commands.makeItem(task),
    },
    ...placeEntries(commands),
  ];
  return (
    <>
      <span data-caret={`box ${item.id}`} className="flex h-8 items-center">
        <TaskDone task={task} project={project} readOnly={readOnly} />
      </span>
      <span className="-ml-2 flex h-8 min-w-0 flex-1 items-center">
        <span className="min-w-0 flex-1">
          <TaskLink task={task} statuses={project.statuses} hasCheckbox />
        </span>
      </span>
      <span className="flex h-8 shrink-0 items-center gap-2 [--stack-ring:var(--surface)]">
        {task.dueDate && <DueDate day={task.dueDate} isDone={task.completedAt !== null} />}
        <AvatarStack people={task.assigneeIds.flatMap((id) => people.get(id) ?? [])} />
        {!readOnly && <ItemMenu label={`Item options: ${item.text}`} entries={entries} />}
      </span>
    </>
  );
}
