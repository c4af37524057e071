/**
 * The properties of a task: what a person can set on it, one row each.
 *
 * Problem: a field that stands by name in the inputs, the history, an export, the comparison of an
 * import, undo and copying is forgotten in one of them, and what is forgotten there is lost in
 * silence. So all of these iterate this table, and `satisfies` joins it to the columns: a column that
 * is neither a property nor a fact does not compile. How a property looks and is picked is the page's
 * table; what it is called in other systems is the importers'.
 */
import type { Priority } from "@guildhall/db/lists";
import { isSame } from "../core/same.ts";
import type { Task } from "./queries.ts";

/** What the server knows about a task and nobody sets as such. */
type Fact =
  | "id"
  | "workspaceId"
  | "projectId"
  | "number"
  | "key"
  | "rank"
  | "commentCount"
  | "checklistTotal"
  | "checklistDone"
  | "version"
  | "source"
  | "createdBy"
  | "createdAt"
  | "updatedAt"
  | "completedAt"
  | "archivedAt";

export type TaskProperty = Exclude<keyof Task, Fact>;

/** How things are called now; null for what is gone. */
export type Names = Record<"status" | "label" | "person" | "task", (id: string) => string | null>;

/** What a sentence needs beside names, in the reader's language. */
export type Words = Names & {
  day: (day: string) => string;
  list: (names: string[]) => string;
};

type Kind =
  | { kind: "line" | "text"; most: number }
  | { kind: "choice"; names: Record<string, string> }
  /** `notAfter`: the property whose day this one comes before, or is the same. */
  | { kind: "day"; notAfter?: TaskProperty }
  | { kind: "number"; least: number; most: number }
  | { kind: "status" | "parent" }
  | { kind: "list"; most: number };

/** Its functions are only ever given values of its own property, hence methods. */
export type Property<V = unknown> = Kind & {
  label: string;
  /** What it is called in files of other systems, where that is not its own name. */
  field?: string;
  /** The column of an export, where it is not the label. */
  header?: string;
  /** As it is when nobody has set it. */
  blank: V;
  /** For a file, and beside another value; a list has a text for each of its things. */
  text(value: V, names: Names): string | string[];
  /** What was done when it changed, after the person's name: "set the due date to 3 Dec". */
  sentences(was: V, is: V, words: Words): string[];
};

export const priorityNames: Record<Priority, string> = {
  none: "No priority",
  low: "Low",
  medium: "Medium",
  high: "High",
  urgent: "Urgent",
};

const orBlank = (value: string | number | null) => (value === null ? "" : String(value));

const setOrRemoved = (label: string, words: string | null) => {
  const name = label.toLowerCase();
  return [words === null ? `removed the ${name}` : `set the ${name} to ${words}`];
};

const day = <P extends TaskProperty>(label: string, rule: { notAfter?: P } = {}) => ({
  kind: "day" as const,
  label,
  blank: null,
  ...rule,
  text: orBlank,
  sentences: (_: string | null, is: string | null, words: Words) =>
    setOrRemoved(label, is && words.day(is)),
});

type Listed = {
  label: string;
  most: number;
  text: (ids: string[], names: Names) => string[];
  added: (ids: string[], words: Words) => string[];
  removed: (ids: string[], words: Words) => string[];
};

const list = ({ added, removed, ...row }: Listed) => ({
  ...row,
  kind: "list" as const,
  blank: [],
  sentences: (was: string[], is: string[], words: Words) => {
    const [came, went] = [
      is.filter((id) => !was.includes(id)),
      was.filter((id) => !is.includes(id)),
    ];
    return [
      ...(came.length > 0 ? added(came, words) : []),
      ...(went.length > 0 ? removed(went, words) : []),
    ];
  },
});

const each = (ids: string[], name: (id: string) => string | null) =>
  ids.flatMap((id) => name(id) ?? []);
const people = (ids: string[], { list, person }: Words) =>
  list(ids.map((id) => person(id) ?? "a former member"));
const labels = (ids: string[], { list, label }: Words) =>
  `${ids.length === 1 ? "the label" : "the labels"} ${list(ids.map((id) => label(id) ?? "a deleted label"))}`;
const task = (id: string, words: Words) => words.task(id) ?? "a deleted task";
const status = (id: string, words: Words) => words.status(id) ?? "a deleted status";

/** In the order in which they are shown and exported. */
export const taskProperties = {
  title: {
    kind: "line",
    label: "Title",
    most: 500,
    blank: "",
    text: (title) => title,
    sentences: (was) => [`changed the title from “${was}”`],
  },
  description: {
    kind: "text",
    label: "Description",
    most: 200_000,
    blank: "",
    text: (description) => description,
    sentences: () => ["edited the description"],
  },
  statusId: {
    kind: "status",
    label: "Status",
    field: "status" as const,
    blank: "",
    text: (id, names) => names.status(id) ?? "",
    sentences: (was, is, words) => [
      `changed the status from ${status(was, words)} to ${status(is, words)}`,
    ],
  },
  priority: {
    kind: "choice",
    label: "Priority",
    names: priorityNames,
    blank: "none",
    text: (priority) => priority,
    sentences: (_, is) => setOrRemoved("Priority", is === "none" ? null : priorityNames[is]),
  },
  assigneeIds: {
    field: "assignees" as const,
    ...list({
      label: "Assignees",
      most: 20,
      text: (ids, names) => each(ids, names.person),
      added: (ids, words) => [`assigned ${people(ids, words)}`],
      removed: (ids, words) => [`unassigned ${people(ids, words)}`],
    }),
  },
  labelIds: {
    field: "labels" as const,
    ...list({
      label: "Labels",
      most: 50,
      text: (ids, names) => each(ids, names.label),
      added: (ids, words) => [`added ${labels(ids, words)}`],
      removed: (ids, words) => [`removed ${labels(ids, words)}`],
    }),
  },
  startDate: day("Start date", { notAfter: "dueDate" }),
  dueDate: day("Due date"),
  estimate: {
    kind: "number",
    label: "Estimate",
    least: 0,
    most: 10_000,
    blank: null,
    text: orBlank,
    sentences: (_, is) => setOrRemoved("Estimate", is === null ? null : String(is)),
  },
  parentId: {
    kind: "parent",
    label: "Parent task",
    field: "parent" as const,
    header: "Parent",
    blank: null,
    text: (id, names) => (id && names.task(id)) ?? "",
    sentences: (was, is, words) => [
      is ? `made it a subtask of ${task(is, words)}` : `removed it from ${task(was ?? "", words)}`,
    ],
  },
  blockedByIds: {
    field: "blockedBy" as const,
    ...list({
      label: "Blocked by",
      most: 50,
      text: (ids, names) => each(ids, names.task),
      added: (ids, words) => ids.map((id) => `marked it as blocked by ${task(id, words)}`),
      removed: (ids, words) =>
        ids.map((id) => `marked it as no longer blocked by ${task(id, words)}`),
    }),
  },
} satisfies { [P in TaskProperty]: Property<Task[P]> };

/** Each with its row, in the table's order. */
export const propertyRows = Object.entries(taskProperties) as [TaskProperty, Property][];

type OfKind<K extends Kind["kind"]> = {
  [P in TaskProperty]: (typeof taskProperties)[P]["kind"] extends K ? P : never;
}[TaskProperty];

const ofKind = <K extends Kind["kind"]>(...kinds: K[]) =>
  propertyRows.flatMap(([name, { kind }]) =>
    (kinds as string[]).includes(kind) ? [name as OfKind<K>] : [],
  );

/** Those whose value says all: it can be set, compared and put back without asking for anything else. */
export const valueProperties = ofKind("line", "text", "choice", "day", "number");
export type ValueProperty = (typeof valueProperties)[number];
export const dayProperties = ofKind("day");
export type DayProperty = (typeof dayProperties)[number];
export const listProperties = ofKind("list");
export type ListProperty = (typeof listProperties)[number];

/** What files of other systems call it. */
export type FieldOf<P extends TaskProperty> = {
  [Q in P]: (typeof taskProperties)[Q] extends { field: infer F } ? F : Q;
}[P];

/** Of each property by what files call it, what people call it. */
export const fieldLabels = Object.fromEntries(
  propertyRows.map(([name, { field = name, label }]) => [field, label]),
) as Record<FieldOf<TaskProperty>, string>;

/** A task as far as it is known. */
export type Some = { [P in TaskProperty]?: Task[P] | undefined };

/** A row that was written before there was this property has none of it: it was blank. */
export const valueIn = <P extends TaskProperty>(task: Some, name: P) =>
  (task[name] ?? taskProperties[name].blank) as Task[P];

/** The task as it is after the patch; what the patch leaves undefined stays. */
export const patched = (task: Some, patch: Some): Some =>
  Object.assign(
    {},
    task,
    ...propertyRows.map(([name]) => patch[name] !== undefined && { [name]: patch[name] }),
  );

/** All that a row of a list has of them, blank where nothing is given. */
export const rowOf = (given: Some) => {
  const { description: _, ...row } = Object.fromEntries(
    propertyRows.map(([name]) => [name, valueIn(given, name)]),
  ) as Pick<Task, TaskProperty>;
  return row;
};

/** The later day of each day that may not come after another one. */
const laterOf = (name: TaskProperty) => {
  const property: Property = taskProperties[name];
  return property.kind === "day" ? property.notAfter : undefined;
};

/** From which day to which one may choose, so that all of them keep their order; null is no bound. */
export function daysFor(name: DayProperty, tasks: readonly Some[]) {
  const earlier = dayProperties.filter((each) => laterOf(each) === name);
  const later = dayProperties.filter((each) => laterOf(name) === each);
  const among = (names: DayProperty[]) =>
    tasks.flatMap((task) => names.flatMap((each) => valueIn(task, each) ?? [])).sort();
  return { from: among(earlier).at(-1) ?? null, to: among(later).at(0) ?? null };
}

/** A day of the task that comes after the one it may not come after, with that one. */
export function misplacedDay(task: Some) {
  for (const name of dayProperties) {
    const later = dayProperties.find((each) => each === laterOf(name));
    const [day, last] = [valueIn(task, name), later && valueIn(task, later)];
    if (later && day && last && day > last) return { name, later };
  }
  return null;
}

export const pick = <T, K extends keyof T>(from: T, names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;

export type Texts = { [P in TaskProperty]: ReturnType<(typeof taskProperties)[P]["text"]> };

/** What each property says, for a file. */
export const textsOf = (task: Some, names: Names) =>
  Object.fromEntries(
    propertyRows.map(([name, property]) => [name, property.text(valueIn(task, name), names)]),
  ) as Texts;

/** What happened between two rows of a task, in sentences; its description is not in them. */
export const sentencesOf = (was: Some, is: Some, words: Words): string[] =>
  propertyRows.flatMap(([name, property]) => {
    const [a, b] = [valueIn(was, name), valueIn(is, name)];
    return isSame(a, b) ? [] : property.sentences(a, b, words);
  });
