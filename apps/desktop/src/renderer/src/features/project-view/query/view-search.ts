/**
 * A view of a project as its address says it: what is shown and how it is laid out. So that back,
 * forward, a copied link and a second window show the same.
 */
import { type Priority, priorities } from "@/ui/icons/priority-icon.tsx";
import type { StatusCategory } from "@/ui/icons/status-icon.tsx";

/** Stands among the ids of a filter for "nobody" and "no label". */
export const NONE = "none";

export const categories = ["backlog", "unstarted", "started", "completed", "cancelled"] as const;
export const dueFilters = ["overdue", "week", "none"] as const;
export const groupings = ["status", "assignee", "priority", "none"] as const;
export const laneKinds = ["none", "assignee", "priority"] as const;
export const sortings = [
  "manual",
  "priority",
  "due",
  "created",
  "updated",
  "title",
  "estimate",
] as const;

export type DueFilter = (typeof dueFilters)[number];
export type Grouping = (typeof groupings)[number];
export type LaneKind = (typeof laneKinds)[number];
export type Sorting = (typeof sortings)[number];

export type ViewSearch = {
  text: string;
  assignees: readonly string[];
  labels: readonly string[];
  priorities: readonly Priority[];
  due: readonly DueFilter[];
  categories: readonly StatusCategory[];
  archived: boolean;
  lanes: LaneKind;
  grouping: Grouping;
  sorting: Sorting;
};

/** The address's own names: short, and the same for every view. */
export type RawSearch = {
  q?: string;
  assignee?: string;
  label?: string;
  priority?: string;
  due?: string;
  status?: string;
  archived?: "shown";
  lanes?: string;
  group?: string;
  sort?: string;
};

/** Anything may stand in an address: what is not understood is left out. */
export function readViewSearch(raw: Record<string, unknown>): ViewSearch {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const list = (name: string) => text(name).split(",").filter(Boolean);
  return {
    text: text("q"),
    assignees: list("assignee"),
    labels: list("label"),
    priorities: known(list("priority"), priorities),
    due: known(list("due"), dueFilters),
    categories: known(list("status"), categories),
    archived: raw.archived === "shown",
    lanes: known(list("lanes"), laneKinds)[0] ?? "none",
    grouping: known(list("group"), groupings)[0] ?? "status",
    sorting: known(list("sort"), sortings)[0] ?? "manual",
  };
}

/** Only what differs from the plain view, so that a plain view has a plain address. */
export function writeViewSearch(search: ViewSearch): RawSearch {
  const list = (values: readonly string[]) => (values.length > 0 ? values.join(",") : undefined);
  const unless = <T extends string>(value: T, plain: T) => (value === plain ? undefined : value);
  const raw: RawSearch = {
    q: search.text || undefined,
    assignee: list(search.assignees),
    label: list(search.labels),
    priority: list(search.priorities),
    due: list(search.due),
    status: list(search.categories),
    archived: search.archived ? "shown" : undefined,
    lanes: unless(search.lanes, "none"),
    group: unless(search.grouping, "status"),
    sort: unless(search.sorting, "manual"),
  };
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}

function known<T extends string>(values: readonly string[], all: readonly T[]): T[] {
  return values.flatMap((value) => all.find((each) => each === value) ?? []);
}
