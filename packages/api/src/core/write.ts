/**
 * The only way to write.
 *
 * A verb changes rows and calls `record` for each; in the same transaction whoever it concerns is
 * notified (`services.notify`), and the changes get the next numbers of their workspace's feed
 * (append-to-feed.ts). That statement is the last one, and COMMIT is
 * sent right behind it without waiting for its answer: the workspace's row stays locked until the
 * commit, so nobody else's write waits for a turn of our event loop. When it fails, Postgres makes a
 * rollback of that COMMIT, and we hear of it from the statement.
 *
 * A mutation id is inserted first, ahead of whatever the verb asks, on the same connection. A second
 * transaction with the same id waits on that insert, finds it taken, is rolled back with all that its
 * verb did, and answers what the first did: a retry after an unclear answer is applied once.
 */
import { type Db, schema, sendNow, sqlState, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import type { Actor, Services } from "./context.ts";
import {
  busy,
  databaseUnavailable,
  diskFull,
  goneMeanwhile,
  idTaken,
  invariant,
  refused,
} from "./errors.ts";
import { type Appended, appendToFeeds } from "./feed/append-to-feed.ts";
import type { RecordChange, RecordedChange } from "./feed/change.ts";

export type WriteContext = {
  services: Services;
  /** Who it is written as; background work acts for a person without a session of theirs. */
  actor: (Pick<Actor, "user"> & Partial<Actor>) | null;
  mutationId?: string | undefined;
  path: string;
  /** The workspace with whose writers it lines up, where only its input says so (write-queue.ts). */
  queue?: string | undefined;
};

type Verb<T> = (tx: Tx, record: RecordChange) => Promise<T>;

/** Commits whatever the verb did, with its changes, or nothing. Returns the verb's answer. */
export async function write<T>(
  ctx: WriteContext,
  workspaceId: string | null,
  verb: Verb<T>,
): Promise<T> {
  const { feed, search, wakePushes, writeQueue } = ctx.services;
  const once = () => runOnce(ctx, workspaceId, verb);
  const inTurn = () => writeQueue.run(workspaceId ?? ctx.queue, () => retryOnDeadlock(once));
  const { answer, appended } = await inTurn().catch(async (error: unknown) => {
    if (!(error instanceof AppliedBefore)) throw error;
    return { answer: (await firstAnswer(ctx)) as T, appended: [] };
  });
  for (const { workspaceId: id, changes } of appended) {
    feed.notify(id, changes);
    for (const change of changes) writeQueue.note(change.id, id);
  }
  if (appended.length > 0) search.wake();
  if (appended.some(({ changes }) => changes.some(isNews))) wakePushes();
  return answer;
}

const isNews = ({ entity, op }: Pick<RecordedChange, "entity" | "op">) =>
  entity === "notification" && op === "insert";

async function runOnce<T>(ctx: WriteContext, workspaceId: string | null, verb: Verb<T>) {
  let appending: Promise<Appended[]>[] = [];
  const answer = await ctx.services.db.transaction(async (tx) => {
    const recorded: RecordedChange[] = [];
    const answer = await claimed(tx, ctx, () => verb(tx, (change) => recorded.push(change)));
    recorded.push(...(await ctx.services.notify(tx, ctx, workspaceId, recorded)));
    appending = await appendToFeeds(tx, recorded, { ctx, workspaceId, answer });
    return answer;
  });
  // Committed, unless one of these failed: then Postgres has rolled back.
  return { answer, appended: (await Promise.all(appending)).flat() };
}

/** Not a failure: unwinds the transaction of a mutation that an earlier one has already applied. */
class AppliedBefore extends Error {}

/** Runs the verb behind the claim of the mutation id, without waiting for the claim's answer. */
async function claimed<T>(tx: Tx, ctx: WriteContext, verb: () => Promise<T>): Promise<T> {
  if (!ctx.mutationId) return verb();
  const { mutations } = schema;
  const actorId = invariant(ctx.actor, "a mutation id needs an actor").user.id;
  const claim = sendNow(
    tx,
    tx
      .insert(mutations)
      .values({ id: ctx.mutationId, actorId, path: ctx.path })
      .onConflictDoNothing()
      .returning({ id: mutations.id }),
  );
  const [done] = await Promise.allSettled([verb()]);
  // Taken: the verb ran on what the first run left, and whatever it says about that is no answer.
  if ((await claim).length === 0) throw new AppliedBefore();
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

async function firstAnswer({ services, mutationId, actor, path }: WriteContext) {
  const { mutations } = schema;
  const [first] = await services.db
    .select()
    .from(mutations)
    .where(eq(mutations.id, invariant(mutationId, "only a mutation id is applied before")));
  if (first?.actorId !== actor?.user.id || first?.path !== path) {
    throw refused(
      "mutation_id_taken",
      "Nothing was changed: this mutation ID was already used for something else. Use a new UUID for each mutation.",
    );
  }
  return superjson.deserialize(first.answer as SuperJSONResult);
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
/** Of Postgres, and of a file system or its quota. */
const DISK_FULL = new Set(["53100", "ENOSPC", "EDQUOT"]);
const UNAVAILABLE =
  /^(08|57P|53)|^(CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ETIMEDOUT|EPIPE|ENOENT)/;

/** Names a failure of the database for people; anything else passes as it is. */
export function asDatabaseFailure(error: unknown) {
  const state = sqlState(error);
  if (state === null) return null;
  if (DISK_FULL.has(state)) return diskFull("the database", error);
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
