/**
 * Clears away what nobody can use any more: ended sessions and links, answers kept for retries.
 * Deleting twice is harmless, so every worker does it on its own, some hours apart.
 */
import { type Db, schema } from "@guildhall/db";
import { lt, or, sql } from "drizzle-orm";

const { sessions, passwordResets, invitations, mutations } = schema;

const EVERY_MS = 6 * 60 * 60_000;

/** A laptop may come back after a long leave and send again what was applied already. */
const MUTATIONS_KEPT = sql`now() - interval '90 days'`;
const DOORS_KEPT = sql`now() - interval '30 days'`;

/** Returns how many rows went. */
export async function clearAway(db: Db): Promise<number> {
  const gone = await Promise.all([
    db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`)),
    db.delete(passwordResets).where(lt(passwordResets.expiresAt, DOORS_KEPT)),
    db
      .delete(invitations)
      .where(or(lt(invitations.expiresAt, DOORS_KEPT), lt(invitations.revokedAt, DOORS_KEPT))),
    db.delete(mutations).where(lt(mutations.createdAt, MUTATIONS_KEPT)),
  ]);
  return gone.reduce((sum, { count }) => sum + count, 0);
}

/** Now and then every six hours; returns the function that ends it. */
export function keepHouse(db: Db, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = clearAway(db).catch(onError);
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
