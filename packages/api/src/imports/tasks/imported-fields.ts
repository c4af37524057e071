/**
 * The fields of a task that an import brings and a person can also change here, one row each: what the
 * file has and what is here, in the form in which the two are compared and shown.
 */
import { hash } from "node:crypto";
import {
  type FieldOf,
  type Property,
  type TaskProperty,
  taskProperties,
  type ValueProperty,
  valueProperties,
} from "../../tasks/properties.ts";
import type { HereTask } from "./here-values.ts";
import type { ResolvedTask } from "./resolve-tasks.ts";

/** What things are called, for who has to choose; "?" for what is gone. */
type ConflictWords = Record<"person" | "task", (id: string) => string>;

type Field<V = unknown> = {
  file(task: Omit<ResolvedTask, "digests">): V;
  here(task: HereTask): V;
  /** As it is when nobody has set it. */
  blank: V;
  digest(value: V): string;
  words(value: V, words: ConflictWords): string;
};

export const digest = (value: unknown) =>
  hash("sha1", JSON.stringify(value), "base64url").slice(0, 10);

const lower = (name: string) => name.toLowerCase();

/** Fields of which a person can have changed the value. */
export type ConflictField = FieldOf<TaskProperty> | "archivedAt";

const references: { [F in Exclude<ConflictField, ValueProperty>]: Field<unknown> } = {
  // By name: a status that was renamed here does not count as a change there.
  status: field({
    file: ({ planned }) => planned.statusName,
    here: ({ status }) => status,
    blank: "",
    digest: (name) => digest(lower(name)),
    words: (name) => name,
  }),
  archivedAt: field<Date | null>({
    file: ({ planned }) => planned.archivedAt,
    here: ({ archivedAt }) => archivedAt,
    blank: null,
    digest,
    words: (at) => at?.toISOString().slice(0, 10) ?? "",
  }),
  // As found here: who joined since is found by the next import.
  assignees: field<string[]>({
    file: ({ assigneeIds }) => assigneeIds,
    here: ({ assigneeIds }) => assigneeIds,
    blank: [],
    digest,
    words: (ids, { person }) => ids.map(person).join(", "),
  }),
  labels: field<string[]>({
    file: ({ planned }) => planned.labels.map(({ name }) => name),
    here: ({ labels }) => labels,
    blank: [],
    digest: (names) => digest(names.map(lower).sort()),
    words: (names) => names.join(", "),
  }),
  parent: field<string | null>({
    file: ({ parentId }) => parentId,
    here: ({ parentId }) => parentId,
    blank: null,
    digest,
    words: (id, { task }) => (id ? task(id) : ""),
  }),
  blockedBy: field<string[]>({
    file: ({ blockedByIds }) => blockedByIds,
    here: ({ blockedByIds }) => blockedByIds,
    blank: [],
    digest,
    words: (ids, { task }) => ids.map(task).join(", "),
  }),
};

function field<V>(row: Field<V>): Field {
  return row;
}

/** Nothing of the text of a value has to be looked up. */
const nobody = () => null;
const noNames = { status: nobody, label: nobody, person: nobody, task: nobody };

function valueField(name: ValueProperty): Field {
  const property: Property = taskProperties[name];
  return {
    file: ({ planned }) => planned[name],
    here: (task) => task[name],
    blank: property.blank,
    digest,
    words: (value) => String(property.text(value, noNames)),
  };
}

export const importedFields = {
  ...Object.fromEntries(valueProperties.map((name) => [name, valueField(name)])),
  ...references,
} as Record<ConflictField, Field>;

export const conflictFields = Object.keys(importedFields) as [ConflictField, ...ConflictField[]];

export const isConflictField = (field: string): field is ConflictField => field in importedFields;

/** As `digestFields` would have it of a file with these values. */
export const digestHere = (field: ConflictField, here: HereTask) =>
  importedFields[field].digest(importedFields[field].here(here));
