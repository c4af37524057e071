/** The lists of a task that are tables of their own: what may be added to them, and how. */
import { schema, sendNow, type Tx } from "@guildhall/db";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import {
  assignableWithGroups,
  checkAssignees,
  checkBlockers,
  checkLabels,
  type Home,
  labelsOf,
  siblings,
} from "./check-references.ts";
import { type ListProperty, listProperties } from "./properties.ts";

const { groups, taskAssigneeGroups, taskAssignees, taskLabels, taskDependencies } = schema;

type Table = PgTable & { taskId: AnyPgColumn };

type List = {
  read: (tx: Tx, taskId: string) => Promise<string[]>;
  insert: (tx: Tx, taskId: string, ids: string[]) => ReturnType<typeof sendNow>;
  remove: (tx: Tx, taskId: string, ids: string[]) => Promise<unknown>;
  /** Those of them that can still be given. */
  available: (tx: Tx, home: Home, ids: string[]) => Promise<string[]>;
  /** Throws when one of them can't be. */
  check: (tx: Tx, home: Home, taskId: string, ids: string[]) => Promise<void>;
};

const readAndRemove = (table: Table, column: AnyPgColumn) => ({
  async read(tx: Tx, taskId: string) {
    const rows = await tx.select({ id: column }).from(table).where(eq(table.taskId, taskId));
    return rows.map(({ id }) => id as string);
  },
  remove: (tx: Tx, taskId: string, ids: string[]) =>
    tx.delete(table).where(and(eq(table.taskId, taskId), inArray(column, ids))),
});

const uuids = (ids: string[]) => sql`${sql.param(ids)}::uuid[]`;

/** One list of two tables: each statement tells people and groups apart by what there is. */
const assignees: Pick<List, "read" | "insert" | "remove"> = {
  async read(tx, taskId) {
    const rows = await tx.execute<{ id: string }>(sql`
      select user_id as id from ${taskAssignees} where task_id = ${taskId}
      union all select group_id from ${taskAssigneeGroups} where task_id = ${taskId}`);
    return rows.map(({ id }) => id);
  },
  insert: (tx, taskId, ids) => sendNow(tx, insertAssignees([{ taskId, ids }])),
  remove: (tx, taskId, ids) =>
    tx.execute(sql`
      with of_groups as (delete from ${taskAssigneeGroups}
        where task_id = ${taskId} and group_id = any(${uuids(ids)}))
      delete from ${taskAssignees} where task_id = ${taskId} and user_id = any(${uuids(ids)})`),
};

/** Each id once. */
export const insertAssignees = (rows: { taskId: string; ids: string[] }[]) => sql`
  with wanted as (
    select w."taskId" as task_id, id, exists (select from ${groups} g where g.id = w_id.id) as is_group
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as w("taskId" uuid, ids uuid[])
    cross join lateral unnest(w.ids) as w_id(id)
  ), of_groups as (
    insert into ${taskAssigneeGroups} (task_id, group_id)
    select task_id, id from wanted where is_group
  )
  insert into ${taskAssignees} (task_id, user_id)
  select task_id, id from wanted where not is_group`;

export const taskLists: Record<ListProperty, List> = {
  assigneeIds: {
    ...assignees,
    available: assignableWithGroups,
    check: (tx, home, _, ids) => checkAssignees(tx, home, ids),
  },
  labelIds: {
    ...readAndRemove(taskLabels, taskLabels.labelId),
    insert: (tx, taskId, ids) =>
      sendNow(tx, tx.insert(taskLabels).values(ids.map((labelId) => ({ taskId, labelId })))),
    available: labelsOf,
    check: (tx, home, _, ids) => checkLabels(tx, home, ids),
  },
  blockedByIds: {
    ...readAndRemove(taskDependencies, taskDependencies.blockerId),
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
  const { read, remove, check } = taskLists[name];
  const was = await read(tx, home.id);
  const now = new Set(was);
  const has = new Set(wanted);
  const added = [...has].filter((id) => !now.has(id));
  const gone = [...now].filter((id) => !has.has(id));
  await check(tx, home, home.id, added);
  if (gone.length > 0) await remove(tx, home.id, gone);
  await addToList(tx, name, home.id, added);
  return was;
}
