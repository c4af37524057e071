import type { ReactElement } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Label, Status } from "@/entities/workspaces/workspace.ts";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { DatePicker } from "@/ui/controls/date-picker.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import {
  type Priority,
  PriorityIcon,
  priorities,
  priorityNames,
} from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { Avatar, type Person } from "@/ui/people/avatar.tsx";

/** One picker for each property, the same in the panel, the page and My work. */
type Common = {
  trigger: ReactElement;
  /** Controlled, so that a key can open it. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

type PickedStatus = Pick<Status, "id" | "name" | "category">;
type PickedLabel = Pick<Label, "id" | "name"> & { color: string | null };

export function StatusPicker({
  value,
  statuses,
  onPick,
  ...common
}: Common & {
  value: string;
  statuses: readonly PickedStatus[];
  onPick: (statusId: string) => void;
}) {
  return (
    <Combobox
      {...common}
      label="Status"
      keys="s"
      value={value}
      options={statuses.map(({ id, name, category }) => ({
        id,
        label: name,
        icon: <StatusIcon category={category} />,
      }))}
      onValueChange={(id) => id && id !== value && onPick(id)}
    />
  );
}

const priorityOptions = priorities.map((priority) => ({
  id: priority,
  label: priorityNames[priority],
  icon: <PriorityIcon priority={priority} />,
}));

export function PriorityPicker({
  value,
  onPick,
  ...common
}: Common & { value: Priority | null; onPick: (priority: Priority) => void }) {
  return (
    <Combobox
      {...common}
      label="Priority"
      keys="p"
      value={value}
      options={priorityOptions}
      onValueChange={(id) => {
        const priority = priorities.find((each) => each === id);
        if (priority && priority !== value) onPick(priority);
      }}
    />
  );
}

export function AssigneePicker({
  value,
  people,
  onPick,
  ...common
}: Common & {
  value: TaskView["assigneeIds"];
  people: readonly Person[];
  onPick: (ids: string[]) => void;
}) {
  return (
    <Combobox
      {...common}
      multiple
      label="Assignees"
      keys="a"
      value={value}
      options={people.map((person) => ({
        id: person.id,
        label: person.name,
        icon: <Avatar person={person} size={20} decorative />,
      }))}
      onValueChange={onPick}
    />
  );
}

export function LabelPicker({
  value,
  labels,
  onPick,
  onCreate,
  ...common
}: Common & {
  value: TaskView["labelIds"];
  labels: readonly PickedLabel[];
  onPick: (ids: string[]) => void;
  onCreate?: (name: string) => void;
}) {
  return (
    <Combobox
      {...common}
      multiple
      label="Labels"
      keys="l"
      value={value}
      options={labels.map(({ id, name, color }) => ({
        id,
        label: name,
        icon: <LabelDot color={color} />,
      }))}
      onValueChange={onPick}
      onCreate={onCreate}
      emptyText="No matching labels. Type to create one."
    />
  );
}

export function DueDatePicker({
  value,
  onPick,
  ...common
}: Common & { value: string | null; onPick: (day: string | null) => void }) {
  return <DatePicker {...common} label="Due date" value={value} onValueChange={onPick} />;
}
