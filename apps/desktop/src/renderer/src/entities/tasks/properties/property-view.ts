/** What the page knows of a property beside its meaning: one such row for each, see property-views.tsx. */
import type { TaskProperty } from "@guildhall/api/client";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ComponentType, ReactElement, ReactNode } from "react";
import type { TaskPatch, TaskView } from "@/entities/tasks/sync/task.ts";
import type { Group, Label, Project, Status } from "@/entities/workspaces/workspace.ts";
import type { Person } from "@/ui/people/avatar.tsx";

/** Of a task, or of one that is being written. */
export type PropertyValues = Pick<TaskView, Exclude<TaskProperty, "description">>;

export type PickerProps = {
  /** One or several: what is picked is shown as far as they agree. */
  tasks: readonly PropertyValues[];
  project: Project;
  /** Asked for each of them: a list that is added to may differ from task to task. */
  onPatch: (patchOf: (task: PropertyValues) => TaskPatch) => void;
  trigger: ReactElement;
  /** Controlled, so that a key can open it. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export type ValueProps = { task: PropertyValues; project: Project };

type Choice = { id: string; label: string; icon: ReactNode; patch: TaskPatch };

type Picked = {
  /** The key that opens it, and what the list of keys says. */
  keys: string;
  command: string;
  Picker: ComponentType<PickerProps>;
  /** The few values there are, which a menu can show at once, and which of them a task has. */
  choices?: (project: Project) => Choice[];
  /** The value as the trigger of its picker, in the list of an open task's properties. */
  Value: ComponentType<
    ValueProps & { task: PropertyValues & Pick<TaskView, "completedAt"> } & ComponentProps<"button">
  >;
  /** The value where there is little room; its name while it is blank. */
  Short: ComponentType<ValueProps>;
};

/** What the ids on a task stand for. */
export type Names = {
  statuses: ReadonlyMap<string, Status>;
  labels: ReadonlyMap<string, Label>;
  people: ReadonlyMap<string, Person>;
};

type Shown = PropertyValues & Pick<TaskView, "completedAt">;

type OnCard = {
  /** What stands beside its icon; null where it takes no room, empty for an icon alone. */
  words: (task: Shown, now: Date) => string | null;
  View: ComponentType<{ task: Shown }>;
};

export type Cell = {
  /** Before the task's key, before its title, behind that, or at the very end. */
  at: "start" | "title" | "end" | "edge";
  className: string;
  /** Of an empty cell: it takes no room where there is little. */
  emptyClassName?: string;
  isEmpty: (task: PropertyValues) => boolean;
  View: ComponentType<{ task: Shown; names: Names }>;
  /** Shown under the pointer while it is empty. */
  offer?: string;
};

/** Stands among the values of a filter for "nobody", "no label" and "no date". */
export const NONE = "none";

type FilterOption = { id: string; label: string; icon?: ReactNode };

type Filter = {
  name: string;
  /** What it finds beside what one would think. */
  note?: string;
  options: (parts: { labels: readonly Label[]; people: readonly Person[] }) => FilterOption[];
  /** Those that an address may name; without them, any id. */
  values?: readonly string[];
  fits: (
    chosen: readonly string[],
    context: { statuses: readonly Status[]; groups: readonly Group[]; now: Date },
  ) => (task: TaskView) => boolean;
  /** What a task that is made under the filter is born with, so that it is seen there. */
  preset?: (value: string) => TaskPatch;
};

export type Grouping = {
  name: string;
  /** Also across the columns of a board. */
  isLane: boolean;
  /** In the order in which they are shown. The id "" is for tasks of no other group. */
  groups: (parts: Pick<Names, "people"> & { statuses: readonly Status[] }) => {
    id: string;
    name: string;
  }[];
  groupOf: (task: TaskView) => string;
  icon: (id: string, names: Names) => ReactNode;
  /** What putting a task into the group changes of it. */
  patchInto: (id: string, task: TaskView) => TaskPatch;
};

export type Order = (a: TaskView, b: TaskView) => number;

export type PropertyView = {
  icon: LucideIcon;
  /** What it is called in the address of a view that filters, groups or sorts by it. */
  param?: string;
  /** Chosen from a popup. Without it, it is written, or chosen among the project's tasks. */
  picked?: Picked;
  /** Written where it stands, in the list of an open task's properties. */
  Field?: ComponentType<{ task: TaskView; readOnly: boolean }>;
  card?: OnCard;
  cell?: Cell;
  filter?: Filter;
  grouping?: Grouping;
  /** What has no value comes last. */
  order?: Order;
};
