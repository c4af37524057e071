/**
 * Which fields of a task that is here already a file may bring.
 *
 * Only what the file has something for is compared, and only with what the source had before
 * (field-digests.ts). What changed there comes; unless it was changed here too: that is a conflict,
 * and stays as it is here until somebody chooses. A choice for the file says nothing about what was
 * changed here after the preview in which it was made.
 */

import type { PlannedTask } from "@guildhall/importers/tasks";
import { dayProperties, misplacedDay, pick } from "../../tasks/properties.ts";
import {
  baseOf,
  type ImportedField,
  isFormerStatus,
  keyOf,
  lacksPart,
  type StoredDigests,
} from "./field-digests.ts";
import type { HereTask } from "./here-values.ts";
import {
  type ConflictField,
  digestHere,
  importedFields,
  isConflictField,
} from "./imported-fields.ts";
import type { KnownTask, ResolvedTask } from "./resolve-tasks.ts";

type Take = "here" | "file";

/** What the person chose of what the preview showed. */
export type ConflictChoices = {
  /** Null when nobody chose: then it stays, and is shown again. */
  of(taskId: string, field: ConflictField): Take | null;
  /** When it was looked at; null when that is not known. */
  seenAt: Date | null;
};

export type Conflict = { field: ConflictField; here: HereTask; task: ResolvedTask; take: Take };

export type Comparison = {
  /** To be written. */
  fields: Set<ImportedField>;
  /** To be stored, when it is not what was. */
  digests: StoredDigests;
  conflicts: Conflict[];
  /** Days of the file that do not go with one that is here: they stay, and are tried again. */
  isMisplaced: boolean;
};

/** What the file has that is not what the source had before. */
export function changedThere(
  known: KnownTask,
  { planned, digests }: ResolvedTask,
): ImportedField[] {
  const before = known.sourceFields;
  const changed = [...digests].filter(([field, now]) => {
    if (lacksPart(before, planned, field)) return false;
    if (field === "status" || field === "completedAt") return false;
    return baseOf(before, field) !== now;
  });
  const fields = changed.map(([field]) => field);
  if (digests.has("status") && isOtherStatus(known, planned)) fields.push("status");
  else if (digests.has("completedAt") && isOtherDate(known, planned, digests)) {
    fields.push("completedAt");
  }
  return fields;
}

/** Fields that only a part of the file's earlier columns came for. */
export const halfBrought = ({ sourceFields }: KnownTask, { planned, digests }: ResolvedTask) =>
  [...digests.keys()].filter((field) => lacksPart(sourceFields, planned, field));

function isOtherStatus({ sourceFields: before, completedAt }: KnownTask, planned: PlannedTask) {
  const { statusName } = planned;
  if (!before?.status || before.statusName) {
    return before?.statusName !== digestOfStatus(statusName);
  }
  return !isFormerStatus(before, [statusName], [planned.completedAt, completedAt, null]);
}

const digestOfStatus = (name: string) => importedFields.status.digest(name);

function isOtherDate(
  { sourceFields: before, completedAt: here }: KnownTask,
  { statusName, completedAt }: PlannedTask,
  now: ResolvedTask["digests"],
): boolean {
  if (completedAt === null || completedAt.getTime() === here?.getTime()) return false;
  if (before?.completedAt) return before.completedAt !== now.get("completedAt");
  return !isFormerStatus(before, [statusName], [completedAt]);
}

/** Compared with what is here; `here` is needed only where something changed there. */
export function compareFields(
  known: KnownTask,
  task: ResolvedTask,
  { here, choices }: { here: HereTask; choices: ConflictChoices },
): Comparison {
  const fields = new Set<ImportedField>();
  const conflicts: Conflict[] = [];
  const open = new Set<ImportedField>();
  for (const field of changedThere(known, task)) {
    if (!isConflictField(field)) {
      if (field !== "completedAt" || takesDate(known, here)) fields.add(field);
    } else if (isSame(field, here, task)) {
      // Done here as it was done there.
    } else if (!isChangedHere(field, known, here)) fields.add(field);
    else {
      const isLater = choices.seenAt !== null && here.updatedAt > choices.seenAt;
      const chosen = isLater ? null : choices.of(task.id, field);
      conflicts.push({ field, here, task, take: chosen ?? "here" });
      if (chosen === "file") fields.add(field);
      if (chosen === null) open.add(field);
    }
  }
  const days = dayProperties.filter((name) => fields.has(name));
  const isMisplaced = misplacedDay({ ...here, ...pick(task.planned, days) }) !== null;
  for (const name of isMisplaced ? days : []) {
    fields.delete(name);
    open.add(name);
  }
  return { fields, conflicts, isMisplaced, digests: digestsAfter(known, task, open) };
}

/** In another column than the source's it has no such date. */
const takesDate = (known: KnownTask, here: HereTask) =>
  here.category === "completed" && !isChangedHere("status", known, here);

function isSame(field: ConflictField, here: HereTask, { planned, digests }: ResolvedTask): boolean {
  if (field === "archivedAt") return Boolean(here.archivedAt) === Boolean(planned.archivedAt);
  return digestHere(field, here) === digests.get(field);
}

function isChangedHere(field: ConflictField, known: KnownTask, here: HereTask): boolean {
  const before = known.sourceFields;
  if (field !== "status") return baseOf(before, field) !== digestHere(field, here);
  if (before?.statusId) return known.statusId !== before.statusId;
  const names = [here.status, ...(STAND_INS[here.category] ?? [])];
  return !isFormerStatus(before, names, [null, known.completedAt]);
}

/** GitHub's own words, which go into the columns that the project has for them. */
const STAND_INS: Partial<Record<HereTask["category"], string[]>> = {
  unstarted: ["Open"],
  completed: ["Closed"],
  cancelled: ["Not planned", "Duplicate"],
};

/** Of an open conflict what was brought before stays, so that it is found again. */
function digestsAfter(
  { sourceFields: before }: KnownTask,
  { planned, digests, notes }: ResolvedTask,
  open: Set<ImportedField>,
): StoredDigests {
  const half = new Set([...digests.keys()].filter((field) => lacksPart(before, planned, field)));
  const after: StoredDigests = { ...before };
  for (const [field, now] of digests) {
    if (!open.has(field) && !half.has(field)) after[keyOf(field)] = now;
  }
  for (const [key, note] of Object.entries(notes)) {
    const field = key.split(":")[0] as ImportedField;
    if (!open.has(field) && !half.has(field)) after[key] = note;
  }
  return after;
}
