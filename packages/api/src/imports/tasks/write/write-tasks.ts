import { schema, type Tx } from "@guildhall/db";
import type { PlannedTask } from "@guildhall/importers/tasks";
import { eq, inArray } from "drizzle-orm";
import { insertRows } from "../../../core/insert-rows.ts";
import { insertAssignees } from "../../../tasks/links.ts";
import { pick, type ValueProperty, valueProperties } from "../../../tasks/properties.ts";
import { ranksLast } from "../../../tasks/rank.ts";
import { touched } from "../../../tasks/touch.ts";
import { type ImportedField, keyOf } from "../field-digests.ts";
import type { ResolvedTask, TaskSteps } from "../resolve-tasks.ts";
import type { Columns } from "./columns.ts";
import { slices } from "./slices.ts";

const { tasks, taskAssigneeGroups, taskAssignees, taskLabels } = schema;

export type Writing = {
  tx: Tx;
  workspaceId: string;
  projectId: string;
  userId: string;
  columns: Columns;
  /** Called between statements with the tasks done so far; throws when it is time to stop. */
  step: (done: number) => void;
};

/** Only a completed status has a moment of completion, here as everywhere. */
function completedAt(planned: PlannedTask, category: schema.StatusCategory): Date | null {
  if (category !== "completed") return null;
  return planned.completedAt ?? planned.updatedAt ?? planned.createdAt ?? new Date();
}

/** Without parents: those may come in a later statement, and are set when all are here. */
export async function insertTasks(writing: Writing, added: ResolvedTask[], numbers: number[]) {
  const { tx, projectId, workspaceId, userId, columns } = writing;
  const ranks = await ranksLast(tx, projectId, added.length);
  const numberOf = inSourceOrder(added, numbers);
  const rows = added.map(({ id, planned, source, digests, notes }, i) => {
    const status = columns.statusOf(planned);
    const createdAt = planned.createdAt ?? new Date();
    return {
      id,
      workspaceId,
      projectId,
      number: numberOf.get(id) ?? 0,
      ...valuesOf(planned),
      statusId: status.id,
      rank: ranks[i] ?? "",
      commentCount: planned.comments.length,
      source,
      sourceId: planned.sourceId,
      sourceFields: { ...notes, ...digestsOf(digests), statusId: status.id },
      createdBy: userId,
      createdAt,
      updatedAt: planned.updatedAt ?? createdAt,
      completedAt: completedAt(planned, status.category),
      archivedAt: planned.archivedAt,
      archivedBy: planned.archivedAt && userId,
    };
  });
  await insertRows(tx, tasks, rows, writing.step);
  await assignAndLabel(writing, added);
}

/**
 * Numbers run as those of the source do, however its file is sorted: of the issues ABC-1 to ABC-9 the first has
 * the lowest. What has no numbers there, in the order of the file.
 */
function inSourceOrder(added: ResolvedTask[], numbers: number[]): Map<string, number> {
  const keyed = added.map(({ id, planned }) => {
    const [, prefix = "", number] = /^(.*?)(\d{1,15})$/.exec(planned.sourceKey ?? "") ?? [];
    return { id, prefix, number: number === undefined ? null : Number(number) };
  });
  const isNumbered = keyed.every(({ number }) => number !== null);
  const ordered = isNumbered
    ? keyed.toSorted(
        (a, b) => a.prefix.localeCompare(b.prefix) || (a.number ?? 0) - (b.number ?? 0),
      )
    : keyed;
  const ascending = numbers.toSorted((a, b) => a - b);
  return new Map(ordered.map(({ id }, i) => [id, ascending[i] ?? 0]));
}

const valuesOf = (planned: PlannedTask): Pick<PlannedTask, ValueProperty> =>
  pick(planned, valueProperties);

const digestsOf = (digests: ResolvedTask["digests"]) =>
  Object.fromEntries([...digests].map(([field, digest]) => [keyOf(field), digest]));

async function assignAndLabel({ tx, columns }: Writing, list: ResolvedTask[]) {
  const labelled = list.flatMap(({ id, planned }) =>
    columns.labelsOf(planned).map((labelId) => ({ taskId: id, labelId })),
  );
  await assign(tx, list);
  await insertRows(tx, taskLabels, labelled);
}

async function assign(tx: Tx, list: ResolvedTask[]) {
  for (const slice of slices(list)) {
    const rows = slice.map(({ id: taskId, assigneeIds: ids }) => ({ taskId, ids }));
    await tx.execute(insertAssignees(rows));
  }
}

/** Each gets only the fields that changed in the source since they were last brought. */
export async function updateTasks(writing: Writing, changed: TaskSteps["changed"], done: number) {
  const { tx, columns } = writing;
  const ranks = await ranksLast(tx, writing.projectId, changed.length);
  for (const [i, { task, known, fields, digests }] of changed.entries()) {
    const set = fieldValues(writing, task, fields);
    const status = fields.has("status") ? columns.statusOf(task.planned) : null;
    await tx
      .update(tasks)
      .set({
        ...set,
        ...(status && {
          statusId: status.id,
          completedAt: completedAt(task.planned, status.category),
          // In another column it stands last; where it was, it keeps its place.
          ...(status.id !== known.statusId && { rank: ranks[i] }),
        }),
        ...(fields.has("completedAt") && { completedAt: task.planned.completedAt }),
        sourceFields: { ...digests, ...(status && { statusId: status.id }) },
        ...touched(),
      })
      .where(eq(tasks.id, task.id));
    writing.step(done + i + 1);
  }
  await renewLinks(writing, changed);
}

/** Of tasks that stay as they are: what is known of their source now. Nobody else sees a change. */
export async function noteDigests(tx: Tx, unchanged: TaskSteps["unchanged"]) {
  for (const { known, digests } of unchanged) {
    if (!digests) continue;
    await tx.update(tasks).set({ sourceFields: digests }).where(eq(tasks.id, known.id));
  }
}

function fieldValues({ userId }: Writing, task: ResolvedTask, fields: Set<ImportedField>) {
  const { archivedAt } = task.planned;
  const values = { ...valuesOf(task.planned), source: task.source };
  const chosen = Object.entries(values).filter(([field]) => fields.has(field as ImportedField));
  const archived = { archivedAt, archivedBy: archivedAt && userId };
  return { ...Object.fromEntries(chosen), ...(fields.has("archivedAt") && archived) };
}

async function renewLinks(writing: Writing, changed: TaskSteps["changed"]) {
  const { tx, columns } = writing;
  const having = (field: ImportedField) =>
    changed.filter(({ fields }) => fields.has(field)).map(({ task }) => task);
  const reassigned = having("assignees");
  const relabelled = having("labels");
  for (const slice of slices(reassigned)) {
    const ids = slice.map(({ id }) => id);
    for (const table of [taskAssignees, taskAssigneeGroups]) {
      await tx.delete(table).where(inArray(table.taskId, ids));
    }
  }
  await assign(tx, reassigned);
  for (const slice of slices(relabelled)) {
    const ids = slice.map(({ id }) => id);
    await tx.delete(taskLabels).where(inArray(taskLabels.taskId, ids));
    const rows = slice.flatMap(({ id, planned }) =>
      columns.labelsOf(planned).map((labelId) => ({ taskId: id, labelId })),
    );
    await insertRows(tx, taskLabels, rows);
  }
}
