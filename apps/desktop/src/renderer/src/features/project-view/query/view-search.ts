/**
 * A view of a project as its address says it: what is shown and how it is laid out. So that back,
 * forward, a copied link and a second window show the same.
 */
import type { TaskProperty } from "@guildhall/api/client";
import {
  filterProperties,
  groupingProperties,
  propertyViews,
  sortedProperties,
} from "@/entities/tasks/properties/property-views.tsx";

export type Grouping = TaskProperty | "none";
export type Sorting = TaskProperty | "manual" | "created" | "updated";

export type ViewSearch = {
  text: string;
  /** By property, the values of which any will do. */
  values: Partial<Record<TaskProperty, readonly string[]>>;
  archived: boolean;
  lanes: Grouping;
  grouping: Grouping;
  sorting: Sorting;
};

/** Each filter by the name of its property in an address, the others by short names of their own. */
export type RawSearch = Record<string, string | undefined>;

const paramOf = (name: TaskProperty) => propertyViews[name].param ?? name;
const named = (properties: readonly { name: TaskProperty }[]) => properties.map(({ name }) => name);

const groupings = named(groupingProperties);
const laneKinds = named(groupingProperties.filter(({ grouping }) => grouping.isLane));
const sortings = named(sortedProperties);

/** Anything may stand in an address: what is not understood is left out. */
export function readViewSearch(raw: Record<string, unknown>): ViewSearch {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const list = (name: string) => text(name).split(",").filter(Boolean);
  const values = filterProperties.map(({ name, filter }) => {
    const all = list(paramOf(name));
    return [name, filter.values ? all.filter((each) => filter.values?.includes(each)) : all];
  });
  const property = (param: string, among: readonly TaskProperty[]) =>
    among.find((name) => paramOf(name) === text(param));
  const sort = text("sort");
  const isPlainOrder = sort === "created" || sort === "updated";
  return {
    text: text("q"),
    values: Object.fromEntries(values.filter(([, chosen]) => (chosen?.length ?? 0) > 0)),
    archived: raw.archived === "shown",
    lanes: property("lanes", laneKinds) ?? "none",
    grouping: text("group") === "none" ? "none" : (property("group", groupings) ?? "statusId"),
    sorting: isPlainOrder ? sort : (property("sort", sortings) ?? "manual"),
  };
}

/** Only what differs from the plain view, so that a plain view has a plain address. */
export function writeViewSearch(search: ViewSearch): RawSearch {
  const written = (name: Grouping | Sorting, plain: Grouping | Sorting) =>
    name === plain ? undefined : name in propertyViews ? paramOf(name as TaskProperty) : name;
  const raw: RawSearch = {
    q: search.text || undefined,
    ...Object.fromEntries(
      filterProperties.map(({ name }) => [
        paramOf(name),
        search.values[name]?.join(",") || undefined,
      ]),
    ),
    archived: search.archived ? "shown" : undefined,
    lanes: written(search.lanes, "none"),
    group: written(search.grouping, "statusId"),
    sort: written(search.sorting, "manual"),
  };
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}
