import { type Priority, priorities, priorityNames } from "@guildhall/api/client";
import { SignalHigh } from "lucide-react";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { PriorityIcon } from "@/ui/icons/priority-icon.tsx";
import { sameValue } from "./common-values.ts";
import { PropertyValue } from "./property-list.tsx";
import type { PickerProps, PropertyView } from "./property-view.ts";

const options = priorities.map((priority) => ({
  id: priority,
  label: priorityNames[priority],
  icon: <PriorityIcon priority={priority} />,
}));

/** Menus, filters and groups begin with what is urgent. */
const urgentFirst = options.toReversed();

function PriorityPicker({ tasks, project: _, onPatch, ...opening }: PickerProps) {
  return (
    <Combobox
      {...opening}
      label="Priority"
      keys="p"
      value={sameValue(tasks, ({ priority }) => priority)}
      options={options}
      onValueChange={(id) => {
        const priority = priorities.find((each) => each === id);
        if (priority) onPatch(() => ({ priority }));
      }}
    />
  );
}

export const priorityProperty: PropertyView = {
  icon: SignalHigh,
  param: "priority",
  picked: {
    keys: "p",
    command: "Change priority",
    Picker: PriorityPicker,
    choices: () => urgentFirst.map((option) => ({ ...option, patch: { priority: option.id } })),
    Value: ({ task: { priority }, project: _, ...button }) => (
      <PropertyValue
        {...button}
        empty={priority === "none"}
        icon={<PriorityIcon priority={priority} />}
      >
        {priorityNames[priority]}
      </PropertyValue>
    ),
    Short: ({ task: { priority } }) => (
      <>
        <PriorityIcon priority={priority} />
        {priority === "none" ? "Priority" : priorityNames[priority]}
      </>
    ),
  },
  card: {
    words: ({ priority }) => (priority === "none" ? null : ""),
    View: ({ task }) => <PriorityIcon priority={task.priority} named />,
  },
  cell: {
    at: "start",
    className: "flex shrink-0",
    isEmpty: () => false,
    View: ({ task }) => <PriorityIcon priority={task.priority} named />,
  },
  filter: {
    name: "Priority",
    values: priorities,
    options: () => urgentFirst,
    fits: (wanted) => (task) => wanted.includes(task.priority),
    preset: (value) => ({ priority: value as Priority }),
  },
  grouping: {
    name: "Priority",
    isLane: true,
    groups: () => urgentFirst.map(({ id, label }) => ({ id, name: label })),
    groupOf: ({ priority }) => priority,
    icon: (id) => <PriorityIcon priority={id as Priority} />,
    patchInto: (id) => ({ priority: id as Priority }),
  },
  order: (a, b) => priorities.indexOf(b.priority) - priorities.indexOf(a.priority),
};
