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
import { hash } from "node:crypto";
import type { ComparedField, PlannedTask } from "./parse/plan.ts";
import type { ResolvedTask } from "./resolve-tasks.ts";

/** The source is what is shown of it: the key, the address, people who are not here. */
export type ImportedField = Exclude<ComparedField, "reporter" | "url"> | "source";

/** As `tasks.source_fields` has it. */
export type StoredDigests = Record<string, string>;

export const digest = (value: unknown) =>
  hash("sha1", JSON.stringify(value), "base64url").slice(0, 10);

const lower = (name: string) => name.toLowerCase();
export const namesDigest = (names: string[]) => digest(names.map(lower).sort());

/** Under which key the digest of a field is stored. */
export const keyOf = (field: ImportedField): string => (field === "status" ? "statusName" : field);
const partsKey = (field: string) => `${field}:parts`;

/** Of a field that was never brought: as it is when nobody set it. */
const UNSET: StoredDigests = {
  description: digest(""),
  priority: digest("none"),
  dueDate: digest(null),
  estimate: digest(null),
  archivedAt: digest(null),
  assignees: digest([]),
  labels: digest([]),
  parent: digest(null),
  blockedBy: digest([]),
};

/** The digest of what was brought last; undefined where only a value of here could tell. */
export const baseOf = (before: StoredDigests | null, field: ImportedField): string | undefined =>
  before?.[keyOf(field)] ?? UNSET[field];

/** Of all that the file has for this task. */
export function digestFields(task: Omit<ResolvedTask, "digests">): Map<ImportedField, string> {
  const { planned } = task;
  const values: Record<ImportedField, () => string> = {
    title: () => digest(planned.title),
    description: () => digest(planned.description),
    // By name: a status that was renamed here does not count as a change there.
    status: () => digest(lower(planned.statusName)),
    completedAt: () => digest(planned.completedAt),
    priority: () => digest(planned.priority),
    dueDate: () => digest(planned.dueDate),
    estimate: () => digest(planned.estimate),
    archivedAt: () => digest(planned.archivedAt),
    source: () => digest(task.source),
    // As found here: who joined since is found by the next import.
    assignees: () => digest(task.assigneeIds),
    labels: () => namesDigest(planned.labels.map(({ name }) => name)),
    parent: () => digest(task.parentId),
    blockedBy: () => digest(task.blockedByIds),
  };
  const fields = Object.keys(values) as ImportedField[];
  const brought = fields.filter((field) => field === "source" || field in planned.brings);
  return new Map(brought.map((field) => [field, values[field]()]));
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
) => names.some((name) => dates.some((date) => before?.status === digest([lower(name), date])));
