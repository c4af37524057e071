import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Services } from "../core/context.ts";

/** A part that is silent for longer counts as down. */
const LONGEST_WAIT_MS = 2_000;

export type PartHealth = {
  isUp: boolean;
  /** Milliseconds to the answer. */
  tookMs: number;
  /** What it said, in words for the administrator. */
  says: string;
};

/** Really asked, each by itself: one that is down or silent holds up no other, and nothing throws. */
export async function readHealth(services: Services) {
  const [database, bus, store, search, jobs] = await Promise.all([
    asked(() => askDatabase(services)),
    asked(() => askBus(services)),
    asked(() => askStore(services)),
    asked(() => askSearch(services)),
    asked(() => askJobs(services)),
  ]);
  return { database, bus, store, search, jobs };
}

async function asked(ask: () => Promise<string>): Promise<PartHealth> {
  const began = performance.now();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`No answer within ${LONGEST_WAIT_MS / 1_000} seconds.`)),
    LONGEST_WAIT_MS,
  );
  const answered = ask();
  // It may fail after nobody waits for it any more.
  answered.catch(() => {});
  const answer = await Promise.race([answered, late.promise]).then(
    (says) => ({ isUp: true, says }),
    (error: unknown) => ({ isUp: false, says: wordsOf(error) }),
  );
  clearTimeout(timer);
  return { ...answer, tookMs: Math.round(performance.now() - began) };
}

/** The cause says more than that a query failed; addresses and passwords are in neither. */
function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message.slice(0, 300) : "It failed without a reason.";
}

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function askDatabase({ db }: Services) {
  const [row] = await db.execute<{ version: string; bytes: number }>(sql`
    select current_setting('server_version') as version,
      pg_database_size(current_database())::float8 as bytes`);
  return `PostgreSQL ${row?.version ?? ""}, ${mb(row?.bytes ?? 0)}`;
}

async function askBus({ bus }: Services) {
  if (bus.state === "local") return "Within one process: no Redis is configured.";
  if (!bus.redis) throw new Error("Redis was never reached; changes arrive some seconds late.");
  await bus.redis.client.ping();
  if (bus.state === "down") throw new Error("Redis answers, but doesn’t carry messages yet.");
  return "Redis answers.";
}

async function askStore({ files }: Services) {
  await files.stat(uuidv7());
  return files.takesParts ? "The bucket answers." : "The data folder can be read.";
}

async function askSearch({ db }: Services) {
  const [row] = await db.execute<{ waiting: number; known: number }>(sql`
    select (select count(*)::int from search_queue) as waiting,
      (select count(*)::int from search_entries) as known`);
  return `${row?.known ?? 0} entries, ${row?.waiting ?? 0} waiting to be indexed`;
}

async function askJobs({ db }: Services) {
  const [table] = await db.execute<{ name: string | null }>(
    sql`select to_regclass('pgboss.job')::text as name`,
  );
  if (!table?.name) return "Nothing has been queued yet.";
  const rows = await db.execute<{ state: string; n: number }>(sql`
    select state::text as state, count(*)::int as n from pgboss.job group by state`);
  const of = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  return `${of("created", "retry")} waiting, ${of("active")} running, ${of("failed")} failed in the last hour; what failed is tried again by itself`;
}
