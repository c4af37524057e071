import { schema } from "@guildhall/db";
import { eq, lt, sql } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { refused } from "../core/errors.ts";

const { usedOnce } = schema;

/** Of a worker that died the turn is over so long afterwards. */
const SECONDS = 60;
const until = sql`now() + make_interval(secs => ${SECONDS})`;

/**
 * One export of a kind at a time (`id` says which: of a person's own data, of a workspace), on whatever worker: a row that is kept up while it goes on, however slow
 * their connection. Not a lock of Postgres, which would hold one of its connections for as long.
 */
export async function withTurn(
  { db, config }: Pick<Services, "db" | "config">,
  id: string,
  act: () => Promise<void>,
) {
  const mine = await db
    .insert(usedOnce)
    .values({ id, expiresAt: until })
    .onConflictDoUpdate({
      target: usedOnce.id,
      set: { expiresAt: until },
      setWhere: lt(usedOnce.expiresAt, sql`now()`),
    })
    .returning({ id: usedOnce.id });
  if (mine.length === 0) throw exportRunning();
  const keepUp = () =>
    db
      .update(usedOnce)
      .set({ expiresAt: until })
      .where(eq(usedOnce.id, id))
      .catch((err: unknown) => config.log.warn({ err }, "An export could not keep its turn."));
  const timer = setInterval(keepUp, (SECONDS / 3) * 1_000);
  try {
    await act();
  } finally {
    clearInterval(timer);
    await db.delete(usedOnce).where(eq(usedOnce.id, id));
  }
}

const exportRunning = () =>
  refused(
    "export_running",
    "No file was saved: the same is being exported already, here or on another device. Try again when that is done.",
  );
