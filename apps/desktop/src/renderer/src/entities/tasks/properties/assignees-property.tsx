import { CircleUserRound, UserRound } from "lucide-react";
import { idsOfPerson, useAssignees } from "@/entities/groups/assignees.ts";
import { useWithAssigned } from "@/entities/people/people.ts";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { Avatar, type Person } from "@/ui/people/avatar.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { anyOf, common, withChange } from "./common-values.ts";
import { PropertyValue } from "./property-list.tsx";
import { NONE, type PickerProps, type PropertyView, type ValueProps } from "./property-view.ts";

const optionOf = (person: Person) => ({
  id: person.id,
  label: person.name,
  icon: <Avatar person={person} size={20} decorative />,
});

function AssigneePicker({ tasks, project, onPatch, ...opening }: PickerProps) {
  const assigned = new Set(tasks.flatMap((task) => task.assigneeIds));
  const people = useWithAssigned(useAssignees(project), [...assigned]);
  const shared = common(tasks.map((task) => task.assigneeIds));
  return (
    <Combobox
      {...opening}
      multiple
      label="Assignees"
      keys="a"
      value={shared}
      options={people.map(optionOf)}
      onValueChange={(ids) =>
        onPatch((task) => ({ assigneeIds: withChange(task.assigneeIds, shared, ids) }))
      }
    />
  );
}

function useAssigned({ task, project }: ValueProps): Person[] {
  const people = useWithAssigned(useAssignees(project), task.assigneeIds);
  return people.filter(({ id }) => task.assigneeIds.includes(id));
}

export const assigneesProperty: PropertyView = {
  icon: UserRound,
  param: "assignee",
  picked: {
    keys: "a",
    command: "Assign",
    Picker: AssigneePicker,
    Value({ task, project, ...button }) {
      const people = useAssigned({ task, project });
      const isEmpty = people.length === 0;
      return (
        <PropertyValue
          {...button}
          empty={isEmpty}
          icon={isEmpty ? <UserRound size={14} /> : undefined}
        >
          {isEmpty && (button.disabled ? "Unassigned" : "Assign")}
          {!isEmpty && (
            <span className="mr-1 [--stack-ring:var(--surface)]">
              <AvatarStack people={people} size={20} />
            </span>
          )}
          <span className="truncate">{people.map(({ name }) => name).join(", ")}</span>
        </PropertyValue>
      );
    },
    Short(props) {
      const people = useAssigned(props);
      if (people.length === 0) {
        return (
          <>
            <UserRound size={14} />
            Assignee
          </>
        );
      }
      return (
        <>
          <AvatarStack people={people} size={16} />
          {people.length === 1 && people[0]?.name}
        </>
      );
    },
  },
  cell: {
    at: "edge",
    className: "flex shrink-0 justify-end @4xl/main:w-16",
    emptyClassName: "@max-4xl/main:hidden",
    isEmpty: ({ assigneeIds }) => assigneeIds.length === 0,
    offer: "Assign",
    View: ({ task, names }) => (
      <AvatarStack
        people={task.assigneeIds.flatMap((id) => names.people.get(id) ?? [])}
        size={20}
        most={2}
      />
    ),
  },
  filter: {
    name: "Assignee",
    options: ({ people }) => [
      ...people.map(optionOf),
      { id: NONE, label: "No assignee", icon: <UserRound size={14} /> },
    ],
    note: "Of a person, also what is assigned to a group they are in.",
    fits: (wanted, { groups }) => {
      const ids = wanted.flatMap((id) => idsOfPerson(groups, id));
      return (task) => anyOf(ids, task.assigneeIds, NONE);
    },
    preset: (userId) => ({ assigneeIds: [userId] }),
  },
  grouping: {
    name: "Assignee",
    isLane: true,
    groups: ({ people }) => [
      ...[...people.values()].map(({ id, name }) => ({ id, name })),
      { id: "", name: "No assignee" },
    ],
    // A task of several people stands with the first of them, once: a card is one thing to drag.
    groupOf: ({ assigneeIds }) => assigneeIds[0] ?? "",
    icon(id, { people }) {
      const person = people.get(id);
      return person ? (
        <Avatar person={person} size={20} decorative />
      ) : (
        <CircleUserRound size={18} className="text-faint" aria-hidden="true" />
      );
    },
    patchInto(userId, { assigneeIds }) {
      if (userId === "") return { assigneeIds: [] };
      return { assigneeIds: [userId, ...assigneeIds.slice(1).filter((id) => id !== userId)] };
    },
  },
};
