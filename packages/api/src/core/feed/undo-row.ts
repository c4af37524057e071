/**
 * Takes back one mutation of one's own of one row, by the rule of tasks/undo/undo-tasks.ts: what it
 * changed, and nobody has changed since, is as before; what somebody has changed stays, and the row is
 * named in `left`. An undo is a mutation as any other, so that redoing is undoing the undo.
 */
import type { Queryable } from "@guildhall/db";
import { notFound } from "../errors.ts";
import { isSame } from "../same.ts";
import type { ChangeRows, Entity } from "./change.ts";
import { type Moments, type Mutation, momentsOf, type Thing } from "./moments.ts";

/** Names of fields that mean something only together, as who resolved a thread and when. */
type Fields<Name> = readonly (Name | readonly Name[])[];

/** What goes back, each unless somebody has changed it since. */
export function fieldsBack<Row extends object, Name extends keyof Row>(
  { before, after }: Pick<Moments<Row>, "before" | "after">,
  now: Row,
  fields: Fields<Name>,
): { values: Partial<Pick<Row, Name>>; isLeft: boolean } {
  const values: Partial<Pick<Row, Name>> = {};
  const [was, is] = [before.row, after.row];
  if (!was || !is) return { values, isLeft: true };
  let isLeft = false;
  for (const field of fields) {
    const names = [field].flat() as Name[];
    const isAlike = (a: Row, b: Row) => names.every((name) => isSame(a[name], b[name]));
    if (isAlike(was, is)) continue;
    if (isAlike(now, is)) for (const name of names) values[name] = was[name];
    else isLeft ||= !isAlike(now, was);
  }
  return { values, isLeft };
}

type Values<E extends Entity, Name extends keyof ChangeRows[E]> = Partial<
  Pick<ChangeRows[E], Name>
>;

/** A row that its caller holds, and how its feature changes it: each of these records the change. */
export type Undoing<E extends Entity, Name extends keyof ChangeRows[E]> = {
  thing: Thing<E>;
  by: Mutation;
  isDeleted: boolean;
  fields: Fields<Name>;
  /** What it was before the feed first told of it, where it was there already. */
  untold?: Partial<ChangeRows[E]>;
  read: () => Promise<ChangeRows[E]>;
  /** Returns the names of those that cannot go back, as a name that another has taken since. */
  set: (values: Values<E, Name>) => Promise<readonly Name[]>;
  /** Of what a person makes, deletes and restores alone. */
  remove?: () => Promise<unknown>;
  restore?: () => Promise<unknown>;
};

/** `row`: as it is now; null when it is deleted. */
export type Undone<E extends Entity> = { row: ChangeRows[E] | null; left: string[] };

export async function undoRow<E extends Entity, Name extends keyof ChangeRows[E]>(
  q: Queryable,
  undoing: Undoing<E, Name>,
): Promise<Undone<E>> {
  const { thing, by, isDeleted, read, remove, restore } = undoing;
  const left = [thing.id];
  const moments = await momentsOf(q, thing, by);
  if (!moments) {
    if (isDeleted) throw notFound(thing.entity);
    return { row: await read(), left: [] };
  }
  const { before, after } = known(moments, undoing.untold);
  const isChangedSince = isDeleted !== after.isDeleted;
  if (isChangedSince || isDeleted || before.isDeleted) {
    const act = isDeleted ? restore : remove;
    const isDone = !isChangedSince && isDeleted !== before.isDeleted && act !== undefined;
    if (isDone) await act();
    return {
      row: isDone === isDeleted ? await read() : null,
      left: isDone || isDeleted === before.isDeleted ? [] : left,
    };
  }
  const { values, isLeft } = fieldsBack({ before, after }, await read(), undoing.fields);
  const isChanged = Object.keys(values).length > 0;
  const refused = isChanged ? await undoing.set(values) : [];
  return { row: await read(), left: isLeft || refused.length > 0 ? left : [] };
}

function known<Row extends object>(moments: Moments<Row>, untold?: Partial<Row>): Moments<Row> {
  const { before, after } = moments;
  if (!untold || before.row || !after.row) return moments;
  return { ...moments, before: { row: { ...after.row, ...untold }, isDeleted: false } };
}
