import { CalendarDays, Tag, UserRound } from "lucide-react";
import { Avatar, type Person } from "@/ui/avatar.tsx";
import { AvatarStack } from "@/ui/avatar-stack.tsx";
import { Chip } from "@/ui/chip.tsx";
import { Combobox } from "@/ui/combobox.tsx";
import { DatePicker } from "@/ui/date-picker.tsx";
import { LabelDot } from "@/ui/label-dot.tsx";
import { PriorityIcon, priorities, priorityNames } from "@/ui/priority-icon.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";
import { DueDate } from "./due-date.tsx";
import { Property, PropertyList, PropertyValue } from "./property-list.tsx";
import type { Label, Status, Task } from "./task-shape.ts";

export type TaskPatch = Partial<
  Pick<Task, "statusId" | "priority" | "assigneeIds" | "labelIds" | "dueDate">
>;

type Props = {
  task: Task;
  statuses: readonly Status[];
  labels: readonly Label[];
  people: readonly Person[];
  /** Only the changed field, so that two people's edits of different fields both stand. */
  onPatch: (patch: TaskPatch) => void;
  onCreateLabel?: (name: string) => void;
  /** A viewer sees the values and cannot open the pickers. */
  readOnly?: boolean;
};

export function TaskProperties({
  task,
  statuses,
  labels,
  people,
  onPatch,
  onCreateLabel,
  readOnly,
}: Props) {
  const status = statuses.find(({ id }) => id === task.statusId);
  const assignees = people.filter(({ id }) => task.assigneeIds.includes(id));
  const chosenLabels = labels.filter(({ id }) => task.labelIds.includes(id));

  return (
    <PropertyList>
      <Property name="Status">
        <Combobox
          label="Status"
          keys="s"
          value={task.statusId}
          options={statuses.map(({ id, name, category }) => ({
            id,
            label: name,
            icon: <StatusIcon category={category} />,
          }))}
          onValueChange={(statusId) => statusId && onPatch({ statusId })}
          trigger={
            <PropertyValue
              disabled={readOnly}
              icon={status && <StatusIcon category={status.category} />}
            >
              {status?.name}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Priority">
        <Combobox
          label="Priority"
          keys="p"
          value={task.priority}
          options={priorities.map((priority) => ({
            id: priority,
            label: priorityNames[priority],
            icon: <PriorityIcon priority={priority} />,
          }))}
          onValueChange={(id) => {
            const priority = priorities.find((each) => each === id);
            if (priority) onPatch({ priority });
          }}
          trigger={
            <PropertyValue disabled={readOnly} icon={<PriorityIcon priority={task.priority} />}>
              {priorityNames[task.priority]}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Assignees">
        <Combobox
          multiple
          label="Assignees"
          keys="a"
          value={task.assigneeIds}
          options={people.map((person) => ({
            id: person.id,
            label: person.name,
            icon: <Avatar person={person} size={20} decorative />,
          }))}
          onValueChange={(assigneeIds) => onPatch({ assigneeIds })}
          trigger={
            <PropertyValue
              disabled={readOnly}
              empty={assignees.length === 0}
              icon={assignees.length === 0 ? <UserRound size={14} /> : undefined}
            >
              {assignees.length === 0 ? "Assign" : <Assignees people={assignees} />}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Labels">
        <Combobox
          multiple
          label="Labels"
          keys="l"
          value={task.labelIds}
          options={labels.map(({ id, name, color }) => ({
            id,
            label: name,
            icon: <LabelDot color={color} />,
          }))}
          onValueChange={(labelIds) => onPatch({ labelIds })}
          onCreate={onCreateLabel}
          trigger={
            <PropertyValue
              disabled={readOnly}
              empty={chosenLabels.length === 0}
              icon={chosenLabels.length === 0 ? <Tag size={14} /> : undefined}
            >
              {chosenLabels.length === 0
                ? "Add labels"
                : chosenLabels.map(({ id, name, color }) => (
                    <Chip key={id} icon={<LabelDot color={color} />}>
                      {name}
                    </Chip>
                  ))}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Due date">
        <DatePicker
          label="Due date"
          value={task.dueDate}
          onValueChange={(dueDate) => onPatch({ dueDate })}
          trigger={
            <PropertyValue
              disabled={readOnly}
              empty={!task.dueDate}
              icon={task.dueDate ? undefined : <CalendarDays size={14} />}
            >
              {task.dueDate ? (
                <DueDate day={task.dueDate} isDone={task.completedAt !== null} />
              ) : (
                "Set a date"
              )}
            </PropertyValue>
          }
        />
      </Property>
    </PropertyList>
  );
}

function Assignees({ people }: { people: readonly Person[] }) {
  return (
    <>
      <span className="mr-1 [--stack-ring:var(--surface)]">
        <AvatarStack people={people} size={20} />
      </span>
      <span className="truncate">{people.map(({ name }) => name).join(", ")}</span>
    </>
  );
}
