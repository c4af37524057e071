/** The statuses and labels that an import needs, found by name or made. */
import { schema, type Tx } from "@guildhall/db";
import { asc, eq } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import { must } from "../core/errors.ts";
import type { PlannedStatus, PlannedTask, StatusCategory } from "./parse/plan.ts";
import type { TaskSteps } from "./resolve-tasks.ts";

const { labels, statuses } = schema;

type Status = typeof statuses.$inferSelect;

export type Columns = {
  statusOf(task: PlannedTask): Pick<Status, "id" | "category">;
  labelsOf(task: PlannedTask): string[];
  newStatuses: string[];
  /** The project itself changed: it got a status or a label. */
  madeSome: boolean;
};

type Wanted = {
  planned: PlannedStatus[];
  steps: TaskSteps;
  /** GitHub has only open and closed: these go into the columns that the project has for that. */
  hasOwnColumns: boolean;
};

const key = (name: string) => name.trim().toLowerCase();

export async function prepareColumns(
  tx: Tx,
  projectId: string,
  { planned, steps, hasOwnColumns }: Wanted,
): Promise<Columns> {
  const before = [...(await readStatuses(tx, projectId)).values()];
  const standIn = (category: StatusCategory) =>
    hasOwnColumns ? undefined : before.find((status) => status.category === category);
  const needed = neededStatuses(planned, steps).filter(({ category }) => !standIn(category));
  const made = await addStatuses(tx, projectId, needed);
  const newLabels = await addLabels(tx, projectId, neededLabels(steps));
  const statusByName = await readStatuses(tx, projectId);
  const rows = await tx.select().from(labels).where(eq(labels.projectId, projectId));
  const labelByName = new Map(rows.map((label) => [key(label.name), label.id]));
  return {
    statusOf: ({ statusName, statusCategory }) =>
      must(statusByName.get(key(statusName)) ?? standIn(statusCategory), "its status was made"),
    labelsOf: (task) => [
      ...new Set(
        task.labels.map(({ name }) => must(labelByName.get(key(name)), "its label was made")),
      ),
    ],
    newStatuses: made,
    madeSome: made.length + newLabels > 0,
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

function neededLabels(steps: TaskSteps) {
  const relabelled = steps.changed
    .filter(({ fields }) => fields.has("labels"))
    .map(({ task }) => task);
  const all = [...steps.added, ...relabelled].flatMap(({ planned }) => planned.labels);
  return [...new Map(all.map((label) => [key(label.name), label])).values()];
}

async function readStatuses(tx: Tx, projectId: string): Promise<Map<string, Status>> {
  const rows = await tx
    .select()
    .from(statuses)
    .where(eq(statuses.projectId, projectId))
    .orderBy(asc(statuses.rank), asc(statuses.id));
  return new Map(rows.map((status) => [key(status.name), status]));
}

const ORDER: StatusCategory[] = ["backlog", "unstarted", "started", "completed", "cancelled"];

/**
 * Each stands behind the last status of its category. The project's row is not held for it, as it is
 * elsewhere: a long import would keep everybody from making tasks. Two of one rank are in the order
 * of their ids.
 */
async function addStatuses(tx: Tx, projectId: string, wanted: PlannedStatus[]): Promise<string[]> {
  const known = await readStatuses(tx, projectId);
  const board = [...known.values()];
  const missing = wanted.filter(({ name }) => !known.has(key(name)));
  const added = missing.map(({ name, category }): Status => {
    const at = board.findLastIndex((s) => ORDER.indexOf(s.category) <= ORDER.indexOf(category)) + 1;
    const rank = rankBetween(board[at - 1]?.rank ?? null, board[at]?.rank ?? null);
    const status = { id: uuidv7(), projectId, name, category, rank };
    board.splice(at, 0, status);
    return status;
  });
  if (added.length > 0) await tx.insert(statuses).values(added).onConflictDoNothing();
  return added.map(({ name }) => name);
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

async function addLabels(
  tx: Tx,
  projectId: string,
  wanted: PlannedTask["labels"],
): Promise<number> {
  if (wanted.length === 0) return 0;
  const rows = wanted.map(({ name, color }) => ({
    id: uuidv7(),
    projectId,
    name,
    color: color ?? colourOf(name),
  }));
  const made = await tx
    .insert(labels)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: labels.id });
  return made.length;
}

function colourOf(name: string): string {
  let sum = 0;
  for (const char of key(name)) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return COLOURS[sum % COLOURS.length] ?? "#64748b";
}
