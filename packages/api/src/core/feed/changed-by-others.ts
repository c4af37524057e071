/**
 * Whether other people have changed something since one's own mutation, so that taking it back would
 * take away what they made.
 *
 * Naive answer: there is a later change of somebody else. Then what they took back themselves, or what
 * was overwritten by oneself, would count for ever. So the changes are walked through in their order,
 * and of each field it is known whether its present value is somebody else's.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, asc, desc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { isSame } from "../same.ts";
import type { Entity } from "./change.ts";
import type { Mutation } from "./moments.ts";
import { toRoutedChange } from "./read-feed.ts";

const { changes } = schema;

export type Since = Mutation & { workspaceId: string; seq: number };

/** The fields that count, by entity; that it was made, deleted or restored always does. */
export type Counted = Partial<Record<Entity, readonly string[]>>;

/** `ids`: a select of the ids of what is looked at. */
export async function changedByOthers(
  q: Queryable,
  since: Since,
  { ids, counted }: { ids: SQL; counted: Counted },
): Promise<boolean> {
  const { workspaceId, seq, mutationId, actorId } = since;
  const later = and(
    eq(changes.workspaceId, workspaceId),
    gt(changes.seq, seq),
    or(isNull(changes.mutationId), ne(changes.mutationId, mutationId)),
    inArray(changes.entity, Object.keys(counted) as Entity[]),
  );
  // What nobody did, as what the background found out about a file, is nobody's work.
  const touched = await q
    .selectDistinct({ id: changes.entityId })
    .from(changes)
    .where(and(later, ne(changes.actorId, actorId), sql`${changes}.entity_id in (${ids})`));
  if (touched.length === 0) return false;
  const those = inArray(
    changes.entityId,
    touched.map(({ id }) => id),
  );
  const own = eq(changes.mutationId, mutationId);
  const bases = await q
    .selectDistinctOn([changes.entityId])
    .from(changes)
    .where(and(eq(changes.workspaceId, workspaceId), or(lte(changes.seq, seq), own), those))
    .orderBy(changes.entityId, desc(changes.seq));
  const rows = await q.select().from(changes).where(and(later, those)).orderBy(asc(changes.seq));
  const base = new Map(bases.map((each) => [each.entityId, toRoutedChange(each)]));
  const histories = Map.groupBy(rows.map(toRoutedChange), ({ id }) => id);
  return [...histories].some(([id, steps]) =>
    leavesTheirs(base.get(id)?.row ?? null, steps, {
      actorId,
      fields: steps.flatMap(({ entity }) => counted[entity] ?? []),
    }),
  );
}

type Row = object | null;
type Step = { actorId: string | null; row: Row };

/** Whether something of how it is after these steps is another's, and not as it was in the beginning. */
function leavesTheirs(
  beginning: Row,
  steps: readonly Step[],
  { actorId, fields }: { actorId: string; fields: readonly string[] },
): boolean {
  /** What is another's now, with what was there before they came. */
  const theirs = new Map<string, unknown>();
  const first = new Map<string, unknown>(Object.entries(beginning ?? {}));
  const now = new Map(first);
  let isThere = beginning !== null;
  /** What others have given it, also what was overwritten since. */
  const given = new Map<string, { value: unknown; before: unknown }[]>();
  const set = (name: string, was: unknown, is: unknown, by: string | null) => {
    if (isSame(was, is)) return;
    if (by !== actorId) {
      if (!theirs.has(name)) theirs.set(name, was);
      else if (isSame(theirs.get(name), is)) return void theirs.delete(name);
      const before = theirs.get(name);
      given.set(name, [...(given.get(name) ?? []), { value: is, before }]);
      return;
    }
    // Who takes back what they have written over it gives another's value back: it is theirs again.
    const again = given.get(name)?.findLast(({ value }) => isSame(value, is));
    if (again) theirs.set(name, again.before);
    else theirs.delete(name);
  };
  for (const step of steps) {
    set("", isThere, step.row !== null, step.actorId);
    isThere = step.row !== null;
    // What is new has nothing to be compared with; what a row did not bring until now was another.
    const isKnown = now.size > 0;
    for (const [name, value] of Object.entries(step.row ?? {})) {
      if (isKnown && fields.includes(name)) set(name, now.get(name), value, step.actorId);
      now.set(name, value);
    }
  }
  // What went away and came back is as it was, whoever brought it back.
  const isBack = (name: string) =>
    name === "" ? isThere === (beginning !== null) : isSame(now.get(name), first.get(name));
  return [...theirs.keys()].some((name) => !isBack(name));
}
