/**
 * The only way to write.
 *
 * A verb changes rows and calls `record` for each; in the same transaction the changes get the next
 * numbers of their workspace's feed. The number comes from `UPDATE workspaces … RETURNING` as the
 * last statement, never from a SEQUENCE: sequences hand out numbers before the commit, so a reader
 * that saw 8 may find 7 appear behind it and never look back. The row lock makes the order of
 * numbers the order of commits; it is held only for this last step, and nothing waits on the
 * network meanwhile.
 *
 * A mutation id is inserted first. A second transaction with the same id waits on that insert, then
 * finds the answer of the first: a retry after an unclear answer is applied once.
 */
import { type Db, schema, sqlState, type Tx } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import type { RecordChange, RecordedChange, RoutedChange } from "./change.ts";
import type { Actor, Services } from "./context.ts";
import { busy, conflict, databaseUnavailable, goneMeanwhile, idTaken, must } from "./errors.ts";
import { insertRows } from "./insert-rows.ts";

export type WriteContext = {
  services: Services;
  /** Who it is written as; background work acts for a person without a session of theirs. */
  actor: (Pick<Actor, "user"> & Partial<Actor>) | null;
  mutationId?: string | undefined;
  path: string;
};

/** Commits whatever the verb did, with its changes, or nothing. Returns the verb's answer. */
export async function write<T>(
  ctx: WriteContext,
  workspaceId: string | null,
  verb: (tx: Tx, record: RecordChange) => Promise<T>,
): Promise<T> {
  const attempt = () => ctx.services.db.transaction((tx) => runOnce(tx, ctx, workspaceId, verb));
  const { answer, changes } = await retryOnDeadlock(attempt);
  for (const [id, list] of changes) ctx.services.feed.ring(id, list);
  return answer;
}

async function runOnce<T>(
  tx: Tx,
  ctx: WriteContext,
  workspaceId: string | null,
  verb: (tx: Tx, record: RecordChange) => Promise<T>,
) {
  const earlier = await claimMutation(tx, ctx);
  if (earlier) return { answer: earlier.answer as T, changes: new Map<string, RoutedChange[]>() };
  const recorded: RecordedChange[] = [];
  const answer = await verb(tx, (change) => recorded.push(change));
  if (ctx.mutationId) {
    const kept = superjson.serialize(answer);
    await tx
      .update(schema.mutations)
      .set({ answer: kept })
      .where(eq(schema.mutations.id, ctx.mutationId));
  }
  return { answer, changes: await appendToFeeds(tx, ctx, workspaceId, recorded) };
}

/** The answer of an earlier run of this mutation, or null when this run is the first. */
async function claimMutation(tx: Tx, { mutationId, actor, path }: WriteContext) {
  if (!mutationId) return null;
  const actorId = must(actor, "a mutation id needs an actor").user.id;
  const claimed = await tx
    .insert(schema.mutations)
    .values({ id: mutationId, actorId, path })
    .onConflictDoNothing()
    .returning({ id: schema.mutations.id });
  if (claimed.length > 0) return null;
  const [first] = await tx
    .select()
    .from(schema.mutations)
    .where(eq(schema.mutations.id, mutationId));
  if (first?.actorId !== actorId || first.path !== path) {
    throw conflict(
      "mutation_id_taken",
      "Nothing was changed: this mutationId was used for something else. Make a new UUID for each mutation.",
    );
  }
  return { answer: superjson.deserialize(first.answer as SuperJSONResult) };
}

async function appendToFeeds(
  tx: Tx,
  ctx: WriteContext,
  workspaceId: string | null,
  recorded: RecordedChange[],
) {
  const byWorkspace = Map.groupBy(recorded, (c) =>
    must(c.workspaceId ?? workspaceId, "a change belongs to a workspace"),
  );
  const routed = new Map<string, RoutedChange[]>();
  // Always in the order of ids: two writers of the same workspaces then never wait on each other.
  for (const id of [...byWorkspace.keys()].sort()) {
    routed.set(id, await appendToFeed(tx, ctx, id, must(byWorkspace.get(id), "grouped")));
  }
  return routed;
}

const ROWS_PER_INSERT = 250;

async function appendToFeed(
  tx: Tx,
  ctx: WriteContext,
  workspaceId: string,
  recorded: RecordedChange[],
): Promise<RoutedChange[]> {
  const [moved] = await tx
    .update(schema.workspaces)
    .set({ changeSeq: sql`${schema.workspaces.changeSeq} + ${recorded.length}` })
    .where(eq(schema.workspaces.id, workspaceId))
    .returning({ last: schema.workspaces.changeSeq });
  const before = must(moved, `workspace ${workspaceId} exists`).last - recorded.length;
  const at = new Date();
  const routed = recorded.map(
    (c, i): RoutedChange =>
      ({
        seq: before + i + 1,
        entity: c.entity,
        id: c.id,
        op: c.op,
        row: c.row,
        projectId: c.projectId ?? null,
        audienceUserId: c.audienceUserId ?? null,
        actorId: ctx.actor?.user.id ?? null,
        mutationId: ctx.mutationId ?? null,
        at,
      }) as RoutedChange,
  );
  // Encoded as they go: a thousand rows at once would hold up everybody else's requests.
  for (let i = 0; i < routed.length; i += ROWS_PER_INSERT) {
    const rows = routed.slice(i, i + ROWS_PER_INSERT).map(({ id, row, ...change }) => ({
      ...change,
      workspaceId,
      entityId: id,
      row: row === null ? null : superjson.serialize(row),
    }));
    await insertRows(tx, schema.changes, rows);
  }
  return routed;
}

/** Two verbs that lock the same rows in another order: Postgres ends one, and it may try again. */
async function retryOnDeadlock<T>(attempt: () => Promise<T>, tries = 4): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      const state = sqlState(error);
      if (left > 1 && (state === "40P01" || state === "40001")) continue;
      throw error;
    }
  }
}

const BUSY = new Set(["40P01", "40001", "55P03", "57014", "53300", "25P03"]);
const UNAVAILABLE =
  /^(08|57P|53)|^(CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ETIMEDOUT|EPIPE|ENOENT)/;

/** Names a failure of the database for people; anything else passes as it is. */
export function asDatabaseFailure(error: unknown) {
  const state = sqlState(error);
  if (state === null) return null;
  if (BUSY.has(state)) return busy(error);
  // Verbs with more to say about these two have said it before.
  if (state === "23505") return idTaken(error);
  if (state === "23503") return goneMeanwhile(error);
  return UNAVAILABLE.test(state) ? databaseUnavailable(error) : null;
}

/** Several reads that see one moment of the database. */
export function snapshot<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });
}
