/**
 * What an import brought for each field of a task, as digests.
 *
 * Problem: a second import must bring what changed in the source, and leave alone what people
 * changed here. Comparing the file with the task cannot tell the two apart; keeping the whole file
 * would double the data. So each task keeps a digest per field of what was brought last: a field
 * whose digest is the same did not change there, and is not touched here.
 */
import { hash } from "node:crypto";
import type { ResolvedTask } from "./resolve-tasks.ts";

export type ImportedField =
  | "title"
  | "description"
  | "status"
  | "priority"
  | "dueDate"
  | "estimate"
  | "archivedAt"
  | "source"
  | "assignees"
  | "labels"
  | "parent"
  | "blockedBy";

export type FieldDigests = Record<ImportedField, string>;

const digest = (value: unknown) => hash("sha1", JSON.stringify(value), "base64url").slice(0, 10);

export function digestFields({
  planned,
  ...resolved
}: Omit<ResolvedTask, "digests">): FieldDigests {
  const { statusName, completedAt, labels } = planned;
  return {
    title: digest(planned.title),
    description: digest(planned.description),
    // By name: a status that was renamed here does not count as a change there.
    status: digest([statusName.toLowerCase(), completedAt]),
    priority: digest(planned.priority),
    dueDate: digest(planned.dueDate),
    estimate: digest(planned.estimate),
    archivedAt: digest(planned.archivedAt),
    source: digest(resolved.source),
    // As found here: who joined since is found by the next import.
    assignees: digest(resolved.assigneeIds),
    labels: digest(labels.map(({ name }) => name.toLowerCase()).sort()),
    parent: digest(resolved.parentId),
    blockedBy: digest(resolved.blockedByIds),
  };
}

export function changedFields(before: Record<string, string> | null, now: FieldDigests) {
  const fields = Object.keys(now) as ImportedField[];
  return new Set(fields.filter((field) => before?.[field] !== now[field]));
}
