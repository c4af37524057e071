/** How a task was before one mutation of it and after it, from its history in the feed. */
import { schema, type Tx } from "@guildhall/db";
import { and, desc, eq, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import { toRoutedChange } from "../core/feed.ts";
import type { Task, TaskRow } from "./queries.ts";

const { changes } = schema;

export type Moment = {
  /** Null: the task did not exist yet. */
  row: Task | null;
  isDeleted: boolean;
};

type Held = { id: string; workspaceId: string; projectId: string; description: string };

/** Null when that mutation, as this person's, changed nothing of the task. */
export async function momentsOf(
  tx: Tx,
  held: Held,
  by: { mutationId: string; actorId: string },
): Promise<{ before: Moment; after: Moment } | null> {
  const ofTask = and(
    eq(changes.entityId, held.id),
    eq(changes.entity, "task"),
    eq(changes.workspaceId, held.workspaceId),
    eq(changes.within, held.projectId),
  );
  const last = (where: SQL | undefined) => lastOf(tx, and(ofTask, where));
  const mine = and(eq(changes.mutationId, by.mutationId), eq(changes.actorId, by.actorId));
  const after = await last(mine);
  if (!after) return null;
  const earlier = lt(changes.seq, after.seq);
  const before = await last(earlier);
  const row = before?.row ?? (await last(and(earlier, isNotNull(changes.row))))?.row ?? null;
  // Only a change of the description brings it along: then the one before is further back.
  const told = after.row?.description;
  const isText = sql`${changes.row}->'json' ? 'description'`;
  const text = told === undefined ? undefined : await last(and(earlier, isText));
  const described = { now: told ?? held.description, before: text?.row?.description ?? told };
  return {
    before: {
      row: row && { ...row, description: described.before ?? held.description },
      isDeleted: !before || before.op === "delete",
    },
    after: {
      row: after.row ? { ...after.row, description: described.now } : asBefore(row, held),
      isDeleted: after.op === "delete",
    },
  };
}

/** A deletion changes nothing else. */
const asBefore = (row: TaskRow | null, { description }: Held) => row && { ...row, description };

async function lastOf(tx: Tx, where: SQL | undefined) {
  const [found] = await tx.select().from(changes).where(where).orderBy(desc(changes.seq)).limit(1);
  if (!found) return null;
  const row = toRoutedChange(found).row as (TaskRow & { description?: string }) | null;
  return { seq: found.seq, op: found.op, row };
}
