import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import { invariant } from "../errors.ts";
import type { RoutedChange } from "./change.ts";

const { workspaces } = schema;

/** A row of `changes` as `record` was given it. */
export function toRoutedChange(row: typeof schema.changes.$inferSelect): RoutedChange {
  const { workspaceId: _, entityId, row: stored, ...rest } = row;
  return {
    ...rest,
    id: entityId,
    row: stored === null ? null : superjson.deserialize(stored as SuperJSONResult),
  } as RoutedChange;
}

/** Where the feed stands: read in the same snapshot as the rows it belongs to. */
export async function readCursor(q: Queryable, workspaceId: string) {
  const [row] = await q
    .select({
      seq: workspaces.changeSeq,
      epoch: workspaces.feedEpoch,
      floor: workspaces.changeFloor,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return invariant(row, "a workspace that was just read");
}
