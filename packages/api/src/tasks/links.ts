/** The lists of a task that are tables of their own: what may be added to them, and how. */
import { schema, sendNow, type Tx } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import {
  assignable,
  checkAssignees,
  checkBlockers,
  checkLabels,
  type Home,
  labelsOf,
  siblings,
} from "./check-references.ts";
import { type ListProperty, listProperties } from "./properties.ts";

const { taskAssignees, taskLabels, taskDependencies } = schema;

type List = {
  table: PgTable & { taskId: AnyPgColumn };
  column: AnyPgColumn;
  insert: (tx: Tx, taskId: string, ids: string[]) => ReturnType<typeof sendNow>;
  /** Those of them that can still be given. */
  available: (tx: Tx, home: Home, ids: string[]) => Promise<string[]>;
  /** Throws when one of them can't be. */
  check: (tx: Tx, home: Home, taskId: string, ids: string[]) => Promise<void>;
};

export const taskLists: Record<ListProperty, List> = {
  assigneeIds: {
    table: taskAssignees,
    column: taskAssignees.userId,
    insert: (tx, taskId, ids) =>
      sendNow(tx, tx.insert(taskAssignees).values(ids.map((userId) => ({ taskId, userId })))),
    available: assignable,
    check: (tx, home, _, ids) => checkAssignees(tx, home, ids),
  },
  labelIds: {
    table: taskLabels,
    column: taskLabels.labelId,
    insert: (tx, taskId, ids) =>
      sendNow(tx, tx.insert(taskLabels).values(ids.map((labelId) => ({ taskId, labelId })))),
    available: labelsOf,
    check: (tx, home, _, ids) => checkLabels(tx, home, ids),
  },
  blockedByIds: {
    table: taskDependencies,
    column: taskDependencies.blockerId,
    insert: (tx, taskId, ids) =>
      sendNow(
        tx,
        tx.insert(taskDependencies).values(ids.map((blockerId) => ({ taskId, blockerId }))),
      ),
    available: siblings,
    check: checkBlockers,
  },
};

/** The lists among the values, and what else there is, which are columns of the task. */
export function splitLists<V extends Partial<Record<ListProperty, string[] | undefined>>>(
  values: V,
) {
  const columns: Omit<V, ListProperty> & Partial<Record<ListProperty, string[]>> = { ...values };
  const lists: { name: ListProperty; ids: string[] }[] = [];
  for (const name of listProperties) {
    const ids = values[name];
    if (ids) lists.push({ name, ids });
    delete columns[name];
  }
  return { lists, columns: columns as Omit<V, ListProperty> };
}

/** This travels with what was sent before it; for none, nothing is sent. */
export const addToList = async (tx: Tx, name: ListProperty, taskId: string, ids: string[]) =>
  ids.length === 0 ? [] : taskLists[name].insert(tx, taskId, [...new Set(ids)]);

/** Makes the list what is `wanted`; only what is new in it is checked. Answers what it was. */
export async function setList(
  tx: Tx,
  home: Home & { id: string },
  { name, ids: wanted }: { name: ListProperty; ids: string[] },
) {
  const { table, column, check } = taskLists[name];
  const ofTask = eq(table.taskId, home.id);
  const rows = await tx.select({ id: column }).from(table).where(ofTask);
  const was = rows.map(({ id }) => id as string);
  const now = new Set(was);
  const has = new Set(wanted);
  const added = [...has].filter((id) => !now.has(id));
  const gone = [...now].filter((id) => !has.has(id));
  await check(tx, home, home.id, added);
  if (gone.length > 0) await tx.delete(table).where(and(ofTask, inArray(column, gone)));
  await addToList(tx, name, home.id, added);
  return was;
}
