/**
 * Takes old changes out of the feed, and tells where it now begins.
 *
 * Above the floor a feed has no gap, so its oldest change is always `floor + 1`: whether a workspace
 * has anything to forget is one look by key, however much is kept. Rows and floor go in one
 * transaction, so a reader that finds a hole finds the floor that explains it. The workspace's row is
 * touched last, as in `write`, so that nobody who writes waits for a deletion.
 *
 * A task's changes stay in their table below the floor: they are its history, which people expect to
 * find after years. Of what else can be undone the last one stays, until a later one has come below the
 * floor: it says how the thing was before it is changed next. They are no longer part of the feed.
 */
import { type Db, schema, type Tx } from "@guildhall/db";
import { and, eq, exists, gt, inArray, lte, max, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { undoable } from "../core/feed/moments.ts";

const { changes, tasks, workspaces } = schema;

/** Deleted in one transaction, so that it holds no lock for long. */
const BATCH = 1_000;

/** One worker at a time: "forget" in ASCII. */
const LOCK = 0x666f72676574;

type How = { keepDays: number; until?: AbortSignal };

/** Returns how many changes left the feed; stops early, at the end of a batch, when told to. */
export async function forgetChanges(db: Db, { keepDays, until }: How): Promise<number> {
  let forgotten = 0;
  while (!until?.aborted) {
    const step = await db.transaction((tx) => forgetBatch(tx, keepDays));
    if (step === 0) break;
    forgotten += step;
  }
  return forgotten;
}

async function forgetBatch(tx: Tx, keepDays: number): Promise<number> {
  const [lock] = await tx.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK}) as mine`,
  );
  if (!lock?.mine) return 0;
  const isOld = sql`${changes.at} < now() - make_interval(days => ${keepDays})`;
  const [from] = await tx
    .select({ id: workspaces.id, floor: workspaces.changeFloor })
    .from(workspaces)
    .innerJoin(
      changes,
      and(
        eq(changes.workspaceId, workspaces.id),
        eq(changes.seq, sql`${workspaces.changeFloor} + 1`),
      ),
    )
    .where(isOld)
    .limit(1);
  if (!from) return 0;
  const inBatch = and(
    eq(changes.workspaceId, from.id),
    gt(changes.seq, from.floor),
    lte(changes.seq, from.floor + BATCH),
  );
  // Clocks of workers differ a little: what lies below an old change goes with it.
  const [last] = await tx
    .select({ seq: max(changes.seq) })
    .from(changes)
    .where(and(inBatch, isOld));
  const floor = last?.seq ?? from.floor;
  const task = tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.id, changes.entityId));
  const isHistory = sql`${eq(changes.entity, "task")} and ${exists(task)}`;
  const isNeeded = sql`${inArray(changes.entity, undoable)} and ${ne(changes.op, "delete")}`;
  const later = alias(changes, "later");
  const isReplaced = exists(
    tx
      .select({ seq: later.seq })
      .from(later)
      .where(
        and(
          ...[eq(later.entityId, changes.entityId), eq(later.entity, changes.entity)],
          ...[eq(later.workspaceId, from.id), gt(later.seq, changes.seq), lte(later.seq, floor)],
        ),
      ),
  );
  // What an earlier batch left of these things may be replaced by now.
  const things = tx
    .selectDistinct({ id: changes.entityId })
    .from(changes)
    .where(and(inBatch, lte(changes.seq, floor)));
  await tx
    .delete(changes)
    .where(
      and(
        ...[eq(changes.workspaceId, from.id), lte(changes.seq, floor)],
        ...[inArray(changes.entityId, things), sql`not (${isHistory})`],
        or(sql`not (${isNeeded})`, isReplaced),
      ),
    );
  await tx.update(workspaces).set({ changeFloor: floor }).where(eq(workspaces.id, from.id));
  return floor - from.floor;
}
