import type { Tx } from "@guildhall/db";
import type { TestApi } from "@guildhall/testing/api";
import { sql } from "drizzle-orm";
import { expect } from "vitest";

/**
 * Two at the same moment, as on two workers: begins `call` once `first` has changed everything and before
 * that is committed; commits when the call waits for it. Answers what the call does.
 */
export async function whileWaiting<T>(
  { services: { db } }: TestApi,
  first: (tx: Tx) => Promise<unknown>,
  call: () => Promise<T>,
): Promise<T> {
  let called: Promise<T> | undefined;
  await db.transaction(async (tx) => {
    await first(tx);
    called = call();
    // It may fail before anybody asks.
    called.catch(() => {});
    await expect
      .poll(async () => {
        const [row] = await db.execute<{ n: number }>(sql`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        return row?.n;
      })
      .toBe(1);
  });
  return called as Promise<T>;
}
