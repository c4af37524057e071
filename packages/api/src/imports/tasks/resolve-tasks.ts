import { setImmediate as breathe } from "node:timers/promises";
import { type Queryable, schema, type Tx } from "@guildhall/db";
import type { ImportPlan, PlannedTask } from "@guildhall/importers/tasks";
import { and, eq, isNotNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { invariant } from "../../core/errors.ts";
import {
  type Comparison,
  type Conflict,
  type ConflictChoices,
  changedThere,
  compareFields,
  halfBrought,
} from "./compare-fields.ts";
import {
  digestFields,
  digestNotes,
  type ImportedField,
  type StoredDigests,
} from "./field-digests.ts";
import { readHereTasks } from "./here-values.ts";
import type { People } from "./write/people.ts";

const { tasks } = schema;

/** A planned task with the ids that its names and source ids have here. */
export type ResolvedTask = {
  id: string;
  planned: PlannedTask;
  source: schema.TaskSource;
  assigneeIds: string[];
  parentId: string | null;
  blockedByIds: string[];
  /** Of what the file has for it. */
  digests: Map<ImportedField, string>;
  /** Beside the digests. */
  notes: StoredDigests;
};

export type KnownTask = Awaited<ReturnType<typeof readKnownTasks>>[number];

/** What has to be done, task by task. */
export type TaskSteps = {
  added: ResolvedTask[];
  changed: Changed[];
  /** As it was, or in the bin, where it stays; `digests` when others are to be stored. */
  unchanged: { task: ResolvedTask; known: KnownTask; digests?: StoredDigests }[];
  conflicts: Conflict[];
  /** By field, how many tasks have it from more of a file than this one has. */
  half: Map<ImportedField, number>;
  /** Whose days in the file do not go with those here. */
  misplaced: ResolvedTask[];
};

type Changed = {
  task: ResolvedTask;
  known: KnownTask;
  fields: Set<ImportedField>;
  digests: StoredDigests;
};

/** Every task of the project that came from an import, those in the bin too. */
export const readKnownTasks = (q: Queryable, projectId: string) =>
  q
    .select({
      id: tasks.id,
      sourceId: tasks.sourceId,
      sourceFields: tasks.sourceFields,
      source: tasks.source,
      title: tasks.title,
      statusId: tasks.statusId,
      completedAt: tasks.completedAt,
      deletedAt: tasks.deletedAt,
    })
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId), isNotNull(tasks.sourceId)));

type Comparing = {
  rows: KnownTask[];
  plan: ImportPlan;
  people: People;
  choices: ConflictChoices;
};

/** Compares the plan with what is here. Changes nothing. */
export async function compareWithPlan(
  tx: Tx,
  { rows, plan, people, choices }: Comparing,
): Promise<TaskSteps> {
  const knownBySource = new Map(rows.map((row) => [row.sourceId, row]));
  const ids = new Map<string | null, string>(rows.map((row) => [row.sourceId, row.id]));
  for (const { sourceId } of plan.tasks) if (!ids.has(sourceId)) ids.set(sourceId, uuidv7());
  const steps: TaskSteps = {
    added: [],
    changed: [],
    unchanged: [],
    conflicts: [],
    half: new Map(),
    misplaced: [],
  };
  const differing: { task: ResolvedTask; known: KnownTask }[] = [];
  const here: Here = { system: plan.system ?? "CSV", shape: plan.shape, ids, people };
  for (const [i, planned] of plan.tasks.entries()) {
    if (i % 250 === 249) await breathe();
    const known = knownBySource.get(planned.sourceId);
    const task = resolveTask(planned, known, here);
    if (!known) {
      steps.added.push(task);
      continue;
    }
    if (known.deletedAt === null) count(steps.half, halfBrought(known, task));
    if (known.deletedAt || changedThere(known, task).length === 0) {
      steps.unchanged.push({ task, known });
    } else differing.push({ task, known });
  }
  const values = await readHereTasks(
    tx,
    differing.map(({ task }) => task.id),
  );
  for (const { task, known } of differing) {
    const now = invariant(values.get(task.id), "it was just read");
    addCompared(steps, { task, known }, compareFields(known, task, { here: now, choices }));
  }
  return steps;
}

function addCompared(
  steps: TaskSteps,
  pair: { task: ResolvedTask; known: KnownTask },
  { fields, digests, conflicts, isMisplaced }: Comparison,
) {
  if (isMisplaced) steps.misplaced.push(pair.task);
  steps.conflicts.push(...conflicts);
  if (fields.size > 0) steps.changed.push({ ...pair, fields, digests });
  else steps.unchanged.push({ ...pair, digests });
}

function count(counts: Map<ImportedField, number>, fields: ImportedField[]) {
  for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + 1);
}

type Here = {
  system: string;
  shape: string;
  ids: Map<string | null, string>;
  people: People;
};

function resolveTask(
  planned: PlannedTask,
  known: KnownTask | undefined,
  { system, shape, ids, people }: Here,
): ResolvedTask {
  const { ids: assigneeIds, strangers } = people.match(planned.assignees);
  const { sourceKey: key, url, reporter, brings } = planned;
  const id = ids.get(planned.sourceId) ?? uuidv7();
  const blockers = planned.blockedBySourceIds.flatMap((sourceId) => ids.get(sourceId) ?? []);
  const before = known?.source;
  const resolved = {
    id,
    planned,
    source: {
      system,
      key,
      url: before && !brings.url ? before.url : url,
      reporter: before && !brings.reporter ? before.reporter : reporter,
      assignees: before && !brings.assignees ? before.assignees : strangers,
    },
    assigneeIds,
    parentId: planned.parentSourceId === null ? null : (ids.get(planned.parentSourceId) ?? null),
    blockedByIds: [...new Set(blockers)].filter((blocker) => blocker !== id).sort(),
    notes: digestNotes(planned, shape),
  };
  return { ...resolved, digests: digestFields(resolved) };
}
