/**
 * What an import brought for each field of a task, as digests.
 *
 * Problem: a later import must bring what changed in the source, and leave alone what people changed
 * here. Comparing the file with the task cannot tell the two apart; keeping the whole file would
 * double the data. So each task keeps a digest per field of what was brought last: a field whose
 * digest is the same did not change there, and one whose value here still has that digest did not
 * change here. What a file has nothing for has no digest, and is not compared.
 *
 * Beside the digests stand, under keys of their own: `statusId`, the status as it was set here (its
 * name there may be another); `from`, the shape of the file that brought the task; `createdAt`, by
 * which tasks of two sources with one id are told apart; `<field>:parts`, the parts of the file that a
 * field of several was made of. A version before kept the status under `status`, as one digest with
 * the date of completion (`isFormerStatus`).
 */

import type { ComparedField, PlannedTask } from "@guildhall/importers/tasks";
import {
  type ConflictField,
  conflictFields,
  digest,
  importedFields,
  isConflictField,
} from "./imported-fields.ts";
import type { ResolvedTask } from "./resolve-tasks.ts";

/** The source is what is shown of it: the key, the address, people who are not here. */
export type ImportedField = ConflictField | "completedAt" | "source";

/** As `tasks.source_fields` has it. */
export type StoredDigests = Record<string, string>;

/** Under which key the digest of a field is stored. */
export const keyOf = (field: ImportedField): string => (field === "status" ? "statusName" : field);
const partsKey = (field: string) => `${field}:parts`;

/** The digest of what was brought last; what was never brought is as it is when nobody set it. */
export function baseOf(before: StoredDigests | null, field: ImportedField): string | undefined {
  const stored = before?.[keyOf(field)];
  if (stored || !isConflictField(field)) return stored;
  const { digest, blank } = importedFields[field];
  return digest(blank);
}

/** Of all that the file has for this task. */
export function digestFields(task: Omit<ResolvedTask, "digests">): Map<ImportedField, string> {
  const digests = new Map<ImportedField, string>();
  for (const field of conflictFields) {
    const { file, digest } = importedFields[field];
    if (field in task.planned.brings) digests.set(field, digest(file(task)));
  }
  if ("completedAt" in task.planned.brings) {
    digests.set("completedAt", digest(task.planned.completedAt));
  }
  return digests.set("source", digest(task.source));
}

/** What is stored beside the digests; `statusId` is added where the status is set. */
export function digestNotes({ filled, createdAt }: PlannedTask, shape: string): StoredDigests {
  const notes: StoredDigests = { from: shape };
  if (createdAt) notes.createdAt = digest(createdAt);
  for (const [field, parts] of Object.entries(filled))
    notes[partsKey(field)] = JSON.stringify(parts);
  return notes;
}

/** Whether a part is missing of which the field was made before: then it is not all of the field. */
export function lacksPart(before: StoredDigests | null, { brings }: PlannedTask, field: string) {
  const parts = before?.[partsKey(field)];
  if (!parts) return false;
  const here = new Set(brings[field as ComparedField]);
  return (JSON.parse(parts) as string[]).some((part) => !here.has(part));
}

/** Whether a version before noted one of these names with one of these dates. */
export const isFormerStatus = (
  before: StoredDigests | null,
  names: string[],
  dates: (Date | null)[],
) =>
  names.some((name) => dates.some((date) => before?.status === digest([name.toLowerCase(), date])));
