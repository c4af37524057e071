/**
 * Writes a plan: all of it in one transaction, or nothing.
 *
 * Numbers are taken before, in a transaction of their own: taking them holds the project's row, and
 * the long transaction would keep everybody from making tasks meanwhile. What is then not used is a
 * gap, and gaps are fine. Two imports into one project go one after the other, so that the second
 * finds the source ids of the first.
 */
import { schema, type Tx } from "@guildhall/db";
import type { ImportPlan, ImportProblem } from "@guildhall/importers/tasks";
import { and, eq, sql } from "drizzle-orm";
import { loadProject } from "../../../core/access.ts";
import { invariant } from "../../../core/errors.ts";
import type { RecordChange } from "../../../core/feed/change.ts";
import { write } from "../../../core/write.ts";
import { tickLinkedItems } from "../../../tasks/checklists/count-items.ts";
import { readTasks } from "../../../tasks/queries.ts";
import { Ended, finishImport } from "../../import-run.ts";
import { type TaskImportReport, underWay } from "../../queries.ts";
import { readChoices } from "../choices.ts";
import { describeConflicts } from "../describe-conflicts.ts";
import { findSource, type OtherSource } from "../find-source.ts";
import type { TaskImportRun } from "../import-tasks.ts";
import { compareWithPlan, readKnownTasks, type TaskSteps } from "../resolve-tasks.ts";
import { prepareColumns } from "./columns.ts";
import { findPeople } from "./people.ts";
import { slices } from "./slices.ts";
import { writeChecklists } from "./write-checklists.ts";
import { insertComments, updateComments } from "./write-comments.ts";
import { writeLinks } from "./write-links.ts";
import { insertTasks, noteDigests, updateTasks, type Writing } from "./write-tasks.ts";

const { imports, projects } = schema;

/** Thrown to undo a dry run when it has seen everything. */
class DryRunEnds extends Error {
  readonly report: TaskImportReport;
  constructor(report: TaskImportReport) {
    super("a dry run ends");
    this.report = report;
  }
}

/** What came meanwhile made more of the tasks new than numbers were taken for. */
class NumbersMissing extends Error {}

export async function writePlan(run: TaskImportRun, plan: ImportPlan): Promise<void> {
  if (run.import.mode === "dry") return tryOut(run, plan);
  let numbers = await takeNumbers(run, plan);
  try {
    await writeAll(run, { plan, numbers });
  } catch (error) {
    if (!(error instanceof NumbersMissing)) throw error;
    numbers = await takeNumbers(run, plan, plan.tasks.length);
    await writeAll(run, { plan, numbers });
  }
}

type Planned = Omit<Job, "run">;

const writeAll = (run: TaskImportRun, planned: Planned) =>
  write(run, run.import.workspaceId, async (tx, record) => {
    const report = await writeOnce(tx, record, { run, ...planned });
    await finish(tx, record, { run, plan: planned.plan, report });
  });

async function tryOut(run: TaskImportRun, plan: ImportPlan) {
  const { workspaceId } = run.import;
  const numbers = plan.tasks.map((_, i) => -1 - i);
  try {
    await write(run, workspaceId, async (tx, record) => {
      throw new DryRunEnds(await writeOnce(tx, record, { run, plan, numbers }));
    });
  } catch (error) {
    if (!(error instanceof DryRunEnds)) throw error;
    const { report } = error;
    await write(run, workspaceId, (tx, record) => finish(tx, record, { run, plan, report }));
  }
}

async function takeNumbers(run: TaskImportRun, plan: ImportPlan, most?: number): Promise<number[]> {
  const { db } = run.services;
  const { projectId, sameSource } = run.import;
  const rows = await readKnownTasks(db, projectId);
  const known = new Set(rows.map(({ sourceId }) => sourceId));
  const named = findSource(plan, rows, answerOf(sameSource)).plan;
  const count = most ?? named.tasks.filter(({ sourceId }) => !known.has(sourceId)).length;
  if (count === 0) return [];
  const [row] = await db
    .update(projects)
    .set({ nextNumber: sql`${projects.nextNumber} + ${count}` })
    .where(eq(projects.id, projectId))
    .returning({ next: projects.nextNumber });
  const first = invariant(row, "the project was just loaded").next - count;
  return Array.from({ length: count }, (_, i) => first + i);
}

const answerOf = (sameSource: boolean | null) =>
  sameSource === null ? null : sameSource ? "same" : "other";

type Job = { run: TaskImportRun; plan: ImportPlan; numbers: number[] };

async function writeOnce(
  tx: Tx,
  record: RecordChange,
  { run, plan: asRead, numbers }: Job,
): Promise<TaskImportReport> {
  const { progress, signal } = run;
  const { id, projectId, workspaceId } = run.import;
  const userId = run.actor.user.id;
  await waitForTurn(tx, projectId);
  if (await hasEnded(tx, id)) throw new Ended();
  await loadProject(tx, userId, projectId, "editor");
  const people = await findPeople(tx, projectId);
  const rows = await readKnownTasks(tx, projectId);
  const { plan, otherSource } = findSource(asRead, rows, answerOf(run.import.sameSource));
  const choices = await readChoices(tx, run.import);
  const steps = await compareWithPlan(tx, { rows, plan, people, choices });
  if (steps.added.length > numbers.length) throw new NumbersMissing();
  const columns = await prepareColumns(tx, record, {
    projectId,
    planned: plan.statuses,
    steps,
    hasOwnColumns: plan.format !== "github-json",
  });
  const total = plan.tasks.length;
  const kept = steps.unchanged.length;
  const step = (done: number) => {
    signal.throwIfAborted();
    progress.tell({ state: "writing", done: kept + done, total });
  };
  step(0);
  const writing: Writing = { tx, workspaceId, projectId, userId, columns, step };
  await insertTasks(writing, steps.added, numbers);
  await updateTasks(writing, steps.changed, steps.added.length);
  await noteDigests(tx, steps.unchanged);
  const problems = await writeLinks(tx, projectId, steps);
  const added = await insertComments(tx, steps.added);
  const updated = await updateComments(tx, record, { projectId, ...steps });
  const listed = await writeChecklists({ tx, record, projectId, userId, people }, steps);
  const isNew = new Set(steps.added.map(({ id }) => id));
  const counted = [...updated.taskIds, ...listed.filter((id) => !isNew.has(id))];
  await recordTasks(tx, record, { projectId, steps, counted });
  await tickLinkedItems(
    tx,
    record,
    steps.changed.map(({ task }) => task.id),
  );
  return makeReport(plan, steps, {
    comments: added + updated.count,
    statuses: columns.newStatuses,
    problems: [...columns.problems, ...halfFields(steps), ...misplacedDays(steps), ...problems],
    conflicts: await describeConflicts(tx, steps.conflicts),
    otherSource,
  });
}

/** What is left as it is because an earlier file had more of it. */
const halfFields = ({ half }: TaskSteps): ImportProblem[] =>
  [...half].map(([field, count]) => ({
    place: "file",
    field,
    severity: "note",
    message: `Left as it is on ${count} tasks: an earlier file had more columns for it than this one.`,
  }));

const misplacedDays = ({ misplaced }: TaskSteps): ImportProblem[] =>
  misplaced.map(({ planned: { place } }) => ({
    place,
    field: "dates",
    severity: "note",
    message:
      "Its dates don't go with those it has here, which were changed: they stay as they are.",
  }));

/** The bounds of ordinary requests are too narrow for a large import, and for waiting for one. */
async function waitForTurn(tx: Tx, projectId: string) {
  await tx.execute(sql`select
    set_config('lock_timeout', '10min', true),
    set_config('statement_timeout', '10min', true),
    set_config('idle_in_transaction_session_timeout', '2min', true)`);
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`import:${projectId}`}, 0))`,
  );
  await tx.execute(sql`select set_config('lock_timeout', '30s', true)`);
}

async function hasEnded(tx: Tx, id: string) {
  const rows = await tx
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.id, id), underWay));
  return rows.length === 0;
}

/**
 * New tasks come without their description: nobody can have opened one before, and a board of 500
 * people would be sent every text of the file.
 */
async function recordTasks(
  tx: Tx,
  record: RecordChange,
  { projectId, steps, counted }: { projectId: string; steps: TaskSteps; counted: string[] },
) {
  for (const slice of slices(steps.added)) {
    const rows = await readTasks(
      tx,
      slice.map(({ id }) => id),
    );
    for (const row of rows.sort((a, b) => a.number - b.number)) {
      record({ entity: "task", id: row.id, op: "insert", row, scopeId: projectId });
    }
  }
  const rewritten = new Map(
    steps.changed.flatMap(({ task, fields }) =>
      fields.has("description") ? [[task.id, task.planned.description] as const] : [],
    ),
  );
  const touched = new Set([...steps.changed.map(({ task }) => task.id), ...counted]);
  for (const slice of slices([...touched])) {
    for (const plain of await readTasks(tx, slice)) {
      const description = rewritten.get(plain.id);
      const row = description === undefined ? plain : { ...plain, description };
      record({ entity: "task", id: row.id, op: "update", row, scopeId: projectId });
    }
  }
}

const MOST_PROBLEMS = 1_000;

function makeReport(
  plan: ImportPlan,
  steps: TaskSteps,
  {
    comments,
    statuses,
    problems,
    conflicts,
    otherSource,
  }: Pick<TaskImportReport, "comments" | "statuses" | "problems"> & {
    conflicts: NonNullable<TaskImportReport["conflicts"]>;
    otherSource: OtherSource | null;
  },
): TaskImportReport {
  const all = [...plan.problems, ...problems];
  return {
    name: plan.name,
    created: steps.added.length,
    updated: steps.changed.length,
    unchanged: steps.unchanged.length,
    comments,
    statuses,
    conflicts,
    conflictCount: steps.conflicts.length,
    otherSource,
    problems: all.slice(0, MOST_PROBLEMS),
    problemCount: all.length,
  };
}

type Found = { run: TaskImportRun; plan: ImportPlan; report: TaskImportReport };

const finish = (tx: Tx, record: RecordChange, { run, plan: { tasks, format }, report }: Found) =>
  finishImport(tx, record, run, { total: tasks.length, report, format });
