/** How a thing was before one mutation and after it, from the feed: by this an undo takes it back. */
import { type Queryable, schema } from "@guildhall/db";
import { and, asc, desc, eq, isNotNull, lt, type SQL } from "drizzle-orm";
import type { ChangeRows, Entity } from "./change.ts";
import { toRoutedChange } from "./read-feed.ts";

const { changes } = schema;

type Moment<Row> = {
  /** What is in the bin has the row that it had before. Null: it did not exist yet, or nobody knows any more. */
  row: Row | null;
  isDeleted: boolean;
};

export type Moments<Row> = {
  before: Moment<Row>;
  after: Moment<Row>;
  /** Of the mutation's first change of it, and its last. */
  firstSeq: number;
  lastSeq: number;
};

/** What is taken back by its own changes. Not a task: its changes are never forgotten. */
export const undoable: Entity[] = [
  "checklist",
  "checklistItem",
  "comment",
  "document",
  "documentThread",
  "documentVersion",
  "group",
  "label",
  "project",
  "status",
];

export type Thing<E extends Entity> = { entity: E; id: string; workspaceId: string };
export type Mutation = { mutationId: string; actorId: string };

/** Null when that mutation, as this person's, changed nothing of it. */
export async function momentsOf<E extends Entity>(
  q: Queryable,
  thing: Thing<E>,
  { mutationId, actorId }: Mutation,
): Promise<Moments<ChangeRows[E]> | null> {
  const mine = and(eq(changes.mutationId, mutationId), eq(changes.actorId, actorId));
  const after = await lastChange(q, thing, mine);
  if (!after) return null;
  // A document that changes its readers is told twice: gone from where it was, new where it is.
  const [first] = await q
    .select({ seq: changes.seq, op: changes.op })
    .from(changes)
    .where(and(ofThing(thing), mine))
    .orderBy(asc(changes.seq))
    .limit(1);
  const firstSeq = first?.seq ?? after.seq;
  const earlier = lt(changes.seq, firstSeq);
  const before = await lastChange(q, thing, earlier);
  const row =
    before?.row ?? (await lastChange(q, thing, and(earlier, isNotNull(changes.row))))?.row ?? null;
  const isDeleted = before ? before.op === "delete" : first?.op === "insert";
  return {
    before: { row, isDeleted },
    // A deletion changes nothing else.
    after: { row: after.row ?? row, isDeleted: after.op === "delete" },
    firstSeq,
    lastSeq: after.seq,
  };
}

const ofThing = <E extends Entity>({ entity, id, workspaceId }: Thing<E>) =>
  and(eq(changes.entityId, id), eq(changes.entity, entity), eq(changes.workspaceId, workspaceId));

export async function lastChange<E extends Entity>(
  q: Queryable,
  thing: Thing<E>,
  where: SQL | undefined,
) {
  const [found] = await q
    .select()
    .from(changes)
    .where(and(ofThing(thing), where))
    .orderBy(desc(changes.seq))
    .limit(1);
  if (!found) return null;
  const row = toRoutedChange(found).row as ChangeRows[E] | null;
  return { seq: found.seq, op: found.op, row };
}
