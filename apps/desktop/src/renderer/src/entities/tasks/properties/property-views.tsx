/**
 * The properties of a task as they are seen and set, one row each: menus, keys, bulk edits, filters,
 * groups, sorting, cards and rows iterate this table. What a property means is the shared table's
 * (packages/api/src/tasks/properties.ts); `satisfies` joins the two.
 */
import { propertyRows, type TaskProperty } from "@guildhall/api/client";
import {
  CalendarClock,
  CalendarDays,
  CornerLeftUp,
  Hash,
  OctagonMinus,
  Text,
  Type,
} from "lucide-react";
import { compareText } from "@/lib/locale.ts";
import { assigneesProperty } from "./assignees-property.tsx";
import { dayProperty, thisWeek } from "./day-property.tsx";
import { DayText, DueDate } from "./day-text.tsx";
import { EstimateField } from "./estimate-field.tsx";
import { labelsProperty } from "./labels-property.tsx";
import { priorityProperty } from "./priority-property.tsx";
import type { PropertyView } from "./property-view.ts";
import { statusProperty } from "./status-property.tsx";

export const propertyViews: Record<TaskProperty, PropertyView> = {
  title: { icon: Type, param: "title", order: (a, b) => compareText(a.title, b.title) },
  description: { icon: Text },
  statusId: statusProperty,
  priority: priorityProperty,
  assigneeIds: assigneesProperty,
  labelIds: labelsProperty,
  startDate: dayProperty({
    name: "startDate",
    param: "start",
    icon: CalendarClock,
    keys: "shift+d",
    command: "Set start date",
    Text: ({ day }) => <DayText day={day} icon={CalendarClock} before="starts " />,
    cellClassName: "hidden shrink-0 justify-end @5xl/main:flex @5xl/main:w-24",
    filter: {
      name: "Start",
      none: "No start date",
      options: [
        { id: "begun", label: "Already begun", fits: (day, { today }) => day <= today },
        thisWeek,
        { id: "later", label: "Not yet begun", fits: (day, { today }) => day > today },
      ],
    },
  }),
  dueDate: dayProperty({
    name: "dueDate",
    param: "due",
    icon: CalendarDays,
    keys: "d",
    command: "Set due date",
    Text: DueDate,
    cellClassName: "flex shrink-0 justify-end @4xl/main:w-24 @max-md/main:hidden",
    filter: {
      name: "Due",
      none: "No due date",
      options: [
        { id: "overdue", label: "Overdue", fits: (day, { today }) => day < today },
        thisWeek,
      ],
    },
  }),
  estimate: {
    icon: Hash,
    param: "estimate",
    Field: EstimateField,
    cell: {
      at: "end",
      className: "w-10 shrink-0 text-right text-12 text-muted tabular-nums @max-4xl/main:hidden",
      isEmpty: ({ estimate }) => estimate === null,
      View: ({ task }) => <span title="Estimate">{task.estimate}</span>,
    },
    order: (a, b) => (b.estimate ?? -1) - (a.estimate ?? -1),
  },
  parentId: { icon: CornerLeftUp },
  blockedByIds: { icon: OctagonMinus },
};

type Row = { name: TaskProperty; label: string; view: PropertyView };

const rows: Row[] = propertyRows.map(([name, { label }]) => ({
  name,
  label,
  view: propertyViews[name],
}));

/** The rows that have a part, each with it, in the table's order. */
const having = <K extends keyof PropertyView>(part: K) =>
  rows.flatMap(({ name, label, view }) => {
    const value = view[part];
    return value ? [{ name, label, ...view, [part]: value } as Having<K>] : [];
  });

type Having<K extends keyof PropertyView> = Omit<Row, "view"> &
  PropertyView & { [P in K]: NonNullable<PropertyView[P]> };

export const pickedProperties = having("picked");
export const cardProperties = having("card");
export const cellProperties = having("cell");
export const filterProperties = having("filter");
export const groupingProperties = having("grouping");
export const sortedProperties = having("order");
/** For the list of an open task's properties. */
export const listedProperties = rows.filter(({ view }) => view.picked || view.Field);
