/** The statuses and labels that an import needs, found by name or made. */
import { schema, type Tx } from "@guildhall/db";
import { type StatusCategory, statusCategories } from "@guildhall/db/lists";
import type { ImportProblem, PlannedStatus, PlannedTask } from "@guildhall/importers/tasks";
import { asc, eq } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import { invariant } from "../../../core/errors.ts";
import type { RecordChange } from "../../../core/feed/change.ts";
import { MOST } from "../../../projects/parts.ts";
import type { TaskSteps } from "../resolve-tasks.ts";

const { labels, statuses } = schema;

type Status = typeof statuses.$inferSelect;

export type Columns = {
  statusOf(task: PlannedTask): Pick<Status, "id" | "category">;
  labelsOf(task: PlannedTask): string[];
  newStatuses: string[];
  /** What the project had no room for. */
  problems: ImportProblem[];
};

type Wanted = {
  projectId: string;
  planned: PlannedStatus[];
  steps: TaskSteps;
  /** GitHub has only open and closed: these go into the columns that the project has for that. */
  hasOwnColumns: boolean;
};

const key = (name: string) => name.trim().toLowerCase();

export async function prepareColumns(
  tx: Tx,
  record: RecordChange,
  { projectId, planned, steps, hasOwnColumns }: Wanted,
): Promise<Columns> {
  const before = [...(await readStatuses(tx, projectId)).values()];
  const standIn = (category: StatusCategory) =>
    hasOwnColumns ? undefined : before.find((status) => status.category === category);
  const needed = neededStatuses(planned, steps).filter(({ category }) => !standIn(category));
  const made = await addStatuses(tx, projectId, needed);
  for (const row of made.rows) {
    record({ entity: "status", id: row.id, op: "insert", row, scopeId: projectId });
  }
  const madeLabels = await addLabels(tx, projectId, neededLabels(steps));
  for (const row of madeLabels.rows) {
    record({ entity: "label", id: row.id, op: "insert", row, scopeId: projectId });
  }
  const statusByName = await readStatuses(tx, projectId);
  const rows = await tx.select().from(labels).where(eq(labels.projectId, projectId));
  const board = [...statusByName.values()];
  /** For tasks whose own column found no room. */
  const nearest = (category: StatusCategory) =>
    board.find((status) => status.category === category) ?? board[0];
  const labelByName = new Map(rows.map((label) => [key(label.name), label.id]));
  return {
    statusOf: ({ statusName, statusCategory }) =>
      invariant(
        statusByName.get(key(statusName)) ?? standIn(statusCategory) ?? nearest(statusCategory),
        "a project has a status",
      ),
    labelsOf: (task) => [
      ...new Set(task.labels.flatMap(({ name }) => labelByName.get(key(name)) ?? [])),
    ],
    newStatuses: made.rows.map(({ name }) => name),
    problems: [
      ...noRoom("statuses", made.leftOut, "Their tasks are in another status of the same kind."),
      ...noRoom("labels", madeLabels.leftOut, "Their tasks were imported without them."),
    ],
  };
}

/**
 * A first import brings the whole board, empty columns too. A later one only what its tasks need:
 * a column that was removed or renamed here does not come back by itself.
 */
function neededStatuses(planned: PlannedStatus[], steps: TaskSteps): PlannedStatus[] {
  if (steps.changed.length + steps.unchanged.length === 0) return planned;
  const moved = steps.changed.filter(({ fields }) => fields.has("status")).map(({ task }) => task);
  const names = new Set([...steps.added, ...moved].map((task) => key(task.planned.statusName)));
  return planned.filter(({ name }) => names.has(key(name)));
}

const NAMED = 20;

function noRoom(what: keyof typeof MOST, names: string[], then: string): ImportProblem[] {
  if (names.length === 0) return [];
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  const list = names.slice(0, NAMED).join(", ") + more;
  const message = `A project can have ${MOST[what]} ${what}, so these were left out: ${list}. ${then}`;
  return [{ place: "The project", field: what, message, severity: "note" }];
}

/** Those of most tasks first: should there be no room for all of them. */
function neededLabels(steps: TaskSteps) {
  const relabelled = steps.changed
    .filter(({ fields }) => fields.has("labels"))
    .map(({ task }) => task);
  const all = [...steps.added, ...relabelled].flatMap(({ planned }) => planned.labels);
  const byName = Map.groupBy(all, (label) => key(label.name));
  return [...byName.values()].sort((a, b) => b.length - a.length).flatMap(([label]) => label ?? []);
}

async function readStatuses(tx: Tx, projectId: string): Promise<Map<string, Status>> {
  const rows = await tx
    .select()
    .from(statuses)
    .where(eq(statuses.projectId, projectId))
    .orderBy(asc(statuses.rank), asc(statuses.id));
  return new Map(rows.map((status) => [key(status.name), status]));
}

/**
 * Each stands behind the last status of its category. The project's row is not held for it, as it is
 * elsewhere: a long import would keep everybody from making tasks. Two of one rank are in the order
 * of their ids.
 */
async function addStatuses(tx: Tx, projectId: string, wanted: PlannedStatus[]) {
  const known = await readStatuses(tx, projectId);
  const board = [...known.values()];
  const all = wanted.filter(({ name }) => !known.has(key(name)));
  const missing = all.slice(0, Math.max(0, MOST.statuses - known.size));
  const added = missing.map(({ name, category }): Status => {
    const at =
      board.findLastIndex(
        (s) => statusCategories.indexOf(s.category) <= statusCategories.indexOf(category),
      ) + 1;
    const rank = rankBetween(board[at - 1]?.rank ?? null, board[at]?.rank ?? null);
    const status = { id: uuidv7(), projectId, name, category, rank };
    board.splice(at, 0, status);
    return status;
  });
  const rows =
    added.length === 0
      ? []
      : await tx.insert(statuses).values(added).onConflictDoNothing().returning();
  return { rows, leftOut: all.slice(missing.length).map(({ name }) => name) };
}

function rankBetween(before: string | null, after: string | null): string {
  const isGap = before === null || after === null || before < after;
  return generateKeyBetween(before, isGap ? after : null);
}

/** For labels whose colour the source does not know; a name always gets the same. */
const COLOURS = [
  "#64748b",
  "#b91c1c",
  "#c2410c",
  "#a16207",
  "#15803d",
  "#0f766e",
  "#1d4ed8",
  "#6d28d9",
  "#a21caf",
];

async function addLabels(tx: Tx, projectId: string, wanted: PlannedTask["labels"]) {
  const known = await tx.select().from(labels).where(eq(labels.projectId, projectId));
  const names = new Set(known.map(({ name }) => key(name)));
  const all = wanted.filter(({ name }) => !names.has(key(name)));
  const missing = all.slice(0, Math.max(0, MOST.labels - known.length));
  const leftOut = all.slice(missing.length).map(({ name }) => name);
  if (missing.length === 0) return { rows: [], leftOut };
  const added = missing.map(({ name, color }) => ({
    id: uuidv7(),
    projectId,
    name,
    color: color ?? colourOf(name),
  }));
  const rows = await tx.insert(labels).values(added).onConflictDoNothing().returning();
  return { rows, leftOut };
}

function colourOf(name: string): string {
  let sum = 0;
  for (const char of key(name)) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return COLOURS[sum % COLOURS.length] ?? "#64748b";
}
