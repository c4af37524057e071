/** How a task was before one mutation of it and after it, with its description. */
import { schema, type Tx } from "@guildhall/db";
import { and, lt, type SQL, sql } from "drizzle-orm";
import {
  lastChange,
  type Moments,
  type Mutation,
  momentsOf as momentsOfRow,
} from "../../core/feed/moments.ts";
import type { Task } from "../queries.ts";

const { changes } = schema;

type Held = { id: string; workspaceId: string; description: string };

/** Null when that mutation, as this person's, changed nothing of the task. */
export async function momentsOf(tx: Tx, held: Held, by: Mutation): Promise<Moments<Task> | null> {
  const thing = { entity: "task" as const, id: held.id, workspaceId: held.workspaceId };
  const found = await momentsOfRow(tx, thing, by);
  if (!found) return null;
  const { before, after, firstSeq } = found;
  // Only a change of the description brings it along: then the one before is further back.
  const told = after.row?.description;
  const isText = sql`${changes.row}->'json' ? 'description'`;
  const lastText = async (where: SQL) =>
    (await lastChange(tx, thing, and(where, isText)))?.row?.description;
  const earlier = told === undefined ? undefined : await lastText(lt(changes.seq, firstSeq));
  const now = told ?? held.description;
  return {
    ...found,
    before: {
      ...before,
      row: before.row && { ...before.row, description: earlier ?? now },
    },
    after: { ...after, row: after.row && { ...after.row, description: now } },
  };
}
