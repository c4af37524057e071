import { setImmediate as breathe } from "node:timers/promises";
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, isNotNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import {
  changedFields,
  digestFields,
  type FieldDigests,
  type ImportedField,
} from "./field-digests.ts";
import type { ImportFormat, ImportPlan, PlannedTask } from "./parse/plan.ts";
import type { People } from "./people.ts";

const { tasks } = schema;

/** A planned task with the ids that its names and source ids have here. */
export type ResolvedTask = {
  id: string;
  planned: PlannedTask;
  source: schema.TaskSource;
  assigneeIds: string[];
  parentId: string | null;
  blockedByIds: string[];
  digests: FieldDigests;
};

export type KnownTask = Awaited<ReturnType<typeof readKnownTasks>>[number];

/** What has to be done, task by task. */
export type TaskSteps = {
  added: ResolvedTask[];
  changed: { task: ResolvedTask; known: KnownTask; fields: Set<ImportedField> }[];
  /** As it was, or in the bin, where it stays. */
  unchanged: { task: ResolvedTask; known: KnownTask }[];
};

/** Every task of the project that came from an import, those in the bin too. */
export const readKnownTasks = (q: Queryable, projectId: string) =>
  q
    .select({
      id: tasks.id,
      sourceId: tasks.sourceId,
      sourceFields: tasks.sourceFields,
      statusId: tasks.statusId,
      deletedAt: tasks.deletedAt,
    })
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId), isNotNull(tasks.sourceId)));

const SYSTEMS: Record<ImportFormat, string> = {
  "github-json": "GitHub",
  "jira-csv": "Jira",
  "trello-json": "Trello",
  csv: "CSV",
};

/** Compares the plan with what is here. Changes nothing. */
export async function compareWithPlan(
  tx: Tx,
  projectId: string,
  { plan, people }: { plan: ImportPlan; people: People },
): Promise<TaskSteps> {
  const rows = await readKnownTasks(tx, projectId);
  const knownBySource = new Map(rows.map((row) => [row.sourceId, row]));
  const ids = new Map<string | null, string>(rows.map((row) => [row.sourceId, row.id]));
  for (const { sourceId } of plan.tasks) if (!ids.has(sourceId)) ids.set(sourceId, uuidv7());
  const steps: TaskSteps = { added: [], changed: [], unchanged: [] };
  for (const [i, planned] of plan.tasks.entries()) {
    if (i % 250 === 249) await breathe();
    const task = resolveTask(planned, { system: SYSTEMS[plan.format], ids, people });
    const known = knownBySource.get(planned.sourceId);
    if (!known) {
      steps.added.push(task);
      continue;
    }
    const fields = changedFields(known.sourceFields, task.digests);
    if (known.deletedAt || fields.size === 0) steps.unchanged.push({ task, known });
    else steps.changed.push({ task, known, fields });
  }
  return steps;
}

type Here = { system: string; ids: Map<string | null, string>; people: People };

function resolveTask(planned: PlannedTask, { system, ids, people }: Here): ResolvedTask {
  const { ids: assigneeIds, strangers } = people.match(planned.assignees);
  const { sourceKey: key, url, reporter } = planned;
  const id = ids.get(planned.sourceId) ?? uuidv7();
  const blockers = planned.blockedBySourceIds.flatMap((sourceId) => ids.get(sourceId) ?? []);
  const resolved = {
    id,
    planned,
    source: { system, key, url, reporter, assignees: strangers },
    assigneeIds,
    parentId: planned.parentSourceId === null ? null : (ids.get(planned.parentSourceId) ?? null),
    blockedByIds: [...new Set(blockers)].filter((blocker) => blocker !== id).sort(),
  };
  return { ...resolved, digests: digestFields(resolved) };
}
