import { CalendarDays, Tag, UserRound } from "lucide-react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Label, Status } from "@/entities/workspaces/workspace.ts";
import { Chip } from "@/ui/icons/chip.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { PriorityIcon, priorityNames } from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import type { Person } from "@/ui/people/avatar.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { DueDate } from "./due-date.tsx";
import { Property, PropertyValue } from "./property-list.tsx";
import {
  AssigneePicker,
  DueDatePicker,
  LabelPicker,
  PriorityPicker,
  StatusPicker,
} from "./task-pickers.tsx";

type Shown = Pick<
  TaskView,
  "statusId" | "priority" | "assigneeIds" | "labelIds" | "dueDate" | "completedAt"
>;
type Patch = Partial<Omit<Shown, "completedAt">>;

export type PickerName = "status" | "priority" | "assignees" | "labels" | "dueDate";

type Props = {
  task: Shown;
  statuses: readonly Pick<Status, "id" | "name" | "category">[];
  labels: readonly (Pick<Label, "id" | "name"> & { color: string | null })[];
  people: readonly Person[];
  /** Only the changed field, so that two people's edits of different fields both stand. */
  onPatch: (patch: Patch) => void;
  onCreateLabel?: (name: string) => void;
  /** A viewer sees the values and cannot open the pickers. */
  readOnly?: boolean;
  /** Which picker a key has opened. */
  open?: PickerName | null;
  onOpenChange?: (picker: PickerName | null) => void;
};

/** Stands in a PropertyList. */
export function TaskProperties(props: Props) {
  const { task, statuses, labels, people, onPatch, onCreateLabel, readOnly } = props;
  const status = statuses.find(({ id }) => id === task.statusId);
  const assignees = people.filter(({ id }) => task.assigneeIds.includes(id));
  const chosenLabels = labels.filter(({ id }) => task.labelIds.includes(id));
  const opening = (name: PickerName) =>
    props.onOpenChange && {
      open: props.open === name,
      onOpenChange: (isOpen: boolean) => props.onOpenChange?.(isOpen ? name : null),
    };

  return (
    <>
      <Property name="Status">
        <StatusPicker
          {...opening("status")}
          value={task.statusId}
          statuses={statuses}
          onPick={(statusId) => onPatch({ statusId })}
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
        <PriorityPicker
          {...opening("priority")}
          value={task.priority}
          onPick={(priority) => onPatch({ priority })}
          trigger={
            <PropertyValue
              disabled={readOnly}
              empty={task.priority === "none"}
              icon={<PriorityIcon priority={task.priority} />}
            >
              {priorityNames[task.priority]}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Assignees">
        <AssigneePicker
          {...opening("assignees")}
          value={task.assigneeIds}
          people={people}
          onPick={(assigneeIds) => onPatch({ assigneeIds })}
          trigger={
            <PropertyValue
              disabled={readOnly}
              empty={assignees.length === 0}
              icon={assignees.length === 0 ? <UserRound size={14} /> : undefined}
            >
              {assignees.length > 0 ? (
                <Assignees people={assignees} />
              ) : readOnly ? (
                "Unassigned"
              ) : (
                "Assign"
              )}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Labels">
        <LabelPicker
          {...opening("labels")}
          value={task.labelIds}
          labels={labels}
          onPick={(labelIds) => onPatch({ labelIds })}
          onCreate={onCreateLabel}
          trigger={
            <PropertyValue
              disabled={readOnly}
              wraps
              empty={chosenLabels.length === 0}
              icon={chosenLabels.length === 0 ? <Tag size={14} /> : undefined}
            >
              {chosenLabels.map(({ id, name, color }) => (
                <Chip key={id} icon={<LabelDot color={color} />}>
                  {name}
                </Chip>
              ))}
              {chosenLabels.length === 0 && (readOnly ? "None" : "Add labels")}
            </PropertyValue>
          }
        />
      </Property>
      <Property name="Due date">
        <DueDatePicker
          {...opening("dueDate")}
          value={task.dueDate}
          onPick={(dueDate) => onPatch({ dueDate })}
          trigger={
            <PropertyValue
              disabled={readOnly}
              empty={!task.dueDate}
              icon={task.dueDate ? undefined : <CalendarDays size={14} />}
            >
              {task.dueDate ? (
                <DueDate day={task.dueDate} isDone={task.completedAt !== null} />
              ) : readOnly ? (
                "None"
              ) : (
                "Set a date"
              )}
            </PropertyValue>
          }
        />
      </Property>
    </>
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
