import { CalendarDays, CircleDashed, Tag, UserRound } from "lucide-react";
import {
  categories,
  dueFilters,
  NONE,
  type ViewSearch,
} from "@/features/project-view/query/view-search.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { Facet } from "@/ui/controls/facet.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { PriorityIcon, priorities, priorityNames } from "@/ui/icons/priority-icon.tsx";
import { type StatusCategory, StatusIcon } from "@/ui/icons/status-icon.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";

const dueNames = { overdue: "Overdue", week: "This week", none: "No due date" };

const categoryNames: Record<StatusCategory, string> = {
  backlog: "Backlog",
  unstarted: "Not started",
  started: "Started",
  completed: "Completed",
  cancelled: "Cancelled",
};

/** A picker for each property one may filter by; what is chosen stands on its button. */
export function Facets() {
  const { search, change, project, names } = useView();
  const people = [...names.people.values()];
  return (
    <>
      <Facet
        name="Assignee"
        icon={<UserRound size={13} />}
        value={search.assignees}
        options={[
          ...people.map((person) => ({
            id: person.id,
            label: person.name,
            icon: <Avatar person={person} size={20} decorative />,
          })),
          { id: NONE, label: "No assignee", icon: <UserRound size={14} /> },
        ]}
        onValueChange={(assignees) => change({ assignees })}
      />
      <Facet
        name="Label"
        icon={<Tag size={13} />}
        value={search.labels}
        options={[
          ...project.labels.map(({ id, name, color }) => ({
            id,
            label: name,
            icon: <LabelDot color={color} />,
          })),
          { id: NONE, label: "No label", icon: <Tag size={14} /> },
        ]}
        onValueChange={(labels) => change({ labels })}
      />
      <Facet
        name="Priority"
        icon={<PriorityIcon priority="medium" />}
        value={search.priorities}
        options={priorities.toReversed().map((priority) => ({
          id: priority,
          label: priorityNames[priority],
          icon: <PriorityIcon priority={priority} />,
        }))}
        onValueChange={(ids) => change({ priorities: ids as ViewSearch["priorities"] })}
      />
      <Facet
        name="Due"
        icon={<CalendarDays size={13} />}
        value={search.due}
        options={dueFilters.map((due) => ({ id: due, label: dueNames[due] }))}
        onValueChange={(ids) => change({ due: ids as ViewSearch["due"] })}
      />
      <Facet
        name="Status"
        icon={<CircleDashed size={13} />}
        value={search.categories}
        options={categories.map((category) => ({
          id: category,
          label: categoryNames[category],
          icon: <StatusIcon category={category} />,
        }))}
        onValueChange={(ids) => change({ categories: ids as ViewSearch["categories"] })}
      />
    </>
  );
}
