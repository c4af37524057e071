/**
 * Parents and blockers, when every task is here.
 *
 * A plan has no circle in itself, but with links that people made here it may close one: those are
 * left out and noted. Checked in memory over the project's links: a recursive query for each link
 * would cost more than the rest of the import.
 */
import { schema, type Tx } from "@guildhall/db";
import type { ImportProblem } from "@guildhall/importers/tasks";
import { eq, inArray, sql } from "drizzle-orm";
import { insertRows } from "../../../core/insert-rows.ts";
import { holdLinks } from "../../../tasks/check-references.ts";
import type { ResolvedTask, TaskSteps } from "../resolve-tasks.ts";
import { slices } from "./slices.ts";

const { tasks, taskDependencies } = schema;

/** From a task to those above it (or before it). */
type Upward = Map<string, string[]>;

export async function writeLinks(
  tx: Tx,
  projectId: string,
  { added, changed }: TaskSteps,
): Promise<ImportProblem[]> {
  const having = (field: "parent" | "blockedBy") => [
    ...added,
    ...changed.filter(({ fields }) => fields.has(field)).map(({ task }) => task),
  ];
  const children = having("parent").filter(isNewOrHas(added, (task) => task.parentId !== null));
  const blocked = having("blockedBy").filter(
    isNewOrHas(added, (task) => task.blockedByIds.length > 0),
  );
  if (children.length + blocked.length === 0) return [];
  await holdLinks(tx, { projectId });
  return [
    ...(await writeParents(tx, projectId, children)),
    ...(await writeBlockers(tx, projectId, blocked)),
  ];
}

/** A new task without a link needs nothing; a known one may have to lose its link. */
function isNewOrHas(added: ResolvedTask[], has: (task: ResolvedTask) => boolean) {
  const fresh = new Set(added);
  return (task: ResolvedTask) => has(task) || !fresh.has(task);
}

async function writeParents(tx: Tx, projectId: string, children: ResolvedTask[]) {
  const problems: ImportProblem[] = [];
  const rows = await tx
    .select({ id: tasks.id, parentId: tasks.parentId })
    .from(tasks)
    .where(eq(tasks.projectId, projectId));
  const up: Upward = new Map(rows.map(({ id, parentId }) => [id, parentId ? [parentId] : []]));
  for (const { id } of children) up.set(id, []);
  const links = children.map(({ id, parentId, planned }) => {
    if (parentId === null) return { id, parentId };
    if (leadsTo(up, parentId, id)) {
      problems.push(circle(planned.place, "parent"));
      return { id, parentId: null };
    }
    up.set(id, [parentId]);
    return { id, parentId };
  });
  for (const slice of slices(links, 1_000)) {
    const values = sql.join(
      slice.map(({ id, parentId }) => sql`(${id}::uuid, ${parentId}::uuid)`),
      sql`, `,
    );
    await tx.execute(
      sql`update ${tasks} set parent_id = v.parent_id from (values ${values}) v(id, parent_id) where ${tasks}.id = v.id`,
    );
  }
  return problems;
}

async function writeBlockers(tx: Tx, projectId: string, blocked: ResolvedTask[]) {
  const problems: ImportProblem[] = [];
  for (const slice of slices(blocked, 1_000)) {
    const ids = slice.map(({ id }) => id);
    await tx.delete(taskDependencies).where(inArray(taskDependencies.taskId, ids));
  }
  const rows = await tx
    .select({ taskId: taskDependencies.taskId, blockerId: taskDependencies.blockerId })
    .from(taskDependencies)
    .innerJoin(tasks, eq(tasks.id, taskDependencies.taskId))
    .where(eq(tasks.projectId, projectId));
  const up: Upward = new Map();
  for (const { taskId, blockerId } of rows) up.set(taskId, [...(up.get(taskId) ?? []), blockerId]);
  const links = blocked.flatMap(({ id, blockedByIds, planned }) => {
    const good = blockedByIds.filter((blockerId) => !leadsTo(up, blockerId, id));
    if (good.length < blockedByIds.length) problems.push(circle(planned.place, "blocked by"));
    up.set(id, good);
    return good.map((blockerId) => ({ taskId: id, blockerId }));
  });
  await insertRows(tx, taskDependencies, links);
  return problems;
}

/** Depth first with a list of its own: a long chain must not overflow the call stack. */
function leadsTo(up: Upward, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(up.get(id) ?? []));
  }
  return false;
}

const circle = (place: string, field: string): ImportProblem => ({
  place,
  field,
  severity: "note",
  message: "Together with links made here it would create a loop, so it was skipped.",
});
