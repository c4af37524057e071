import { schema } from "@guildhall/db";
import { desc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Services } from "../core/context.ts";
import { isQueueThere } from "./failing-jobs.ts";

const { auditEntries } = schema;

/** A part that is silent for longer counts as down. */
const LONGEST_WAIT_MS = 2_000;

export type PartHealth = {
  isUp: boolean;
  /** Of the program that answered, where it tells. */
  version: string | null;
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

type Answer = { says: string; version?: string | null };

export async function asked(
  ask: () => Promise<Answer>,
  longestMs = LONGEST_WAIT_MS,
): Promise<PartHealth> {
  const began = performance.now();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`No answer within ${longestMs / 1_000} seconds.`)),
    longestMs,
  );
  const answered = ask();
  // It may fail after nobody waits for it any more.
  answered.catch(() => {});
  const answer = await Promise.race([answered, late.promise]).then(
    ({ says, version = null }) => ({ isUp: true, says, version }),
    (error: unknown) => ({ isUp: false, says: wordsOf(error), version: null }),
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
  const version = row?.version ?? "";
  return { version, says: `PostgreSQL ${version}, ${mb(row?.bytes ?? 0)}` };
}

async function askBus({ bus }: Services) {
  if (bus.state === "local") return { says: "Within one process: no Redis is configured." };
  if (!bus.redis) throw new Error("Redis was never reached; changes arrive some seconds late.");
  const about = await bus.redis.client.info("server");
  if (bus.state === "down") throw new Error("Redis answers, but doesn’t carry messages yet.");
  const version = /^redis_version:(\S+)/m.exec(about)?.[1] ?? null;
  return { version, says: version ? `Redis ${version} answers.` : "Redis answers." };
}

async function askStore({ files }: Services) {
  await files.stat(uuidv7());
  return { says: files.takesParts ? "The bucket answers." : "The data folder can be read." };
}

async function askSearch({ db, search }: Services) {
  const [row] = await db.execute<{ waiting: number; known: number }>(sql`
    select (select count(*)::int from search_queue) as waiting,
      (select count(*)::int from search_entries) as known`);
  const { waiting = 0, known = 0 } = row ?? {};
  const counted = `${count(known, "entry", "entries")}, ${waiting} waiting to be indexed`;
  if (search.state() === "database") return { says: `Postgres searches: ${counted}.` };
  const version = await search.version().catch((cause: Error) => {
    throw new Error(`Meilisearch doesn’t answer, and Postgres searches instead: ${cause.message}`);
  });
  return { version, says: `Meilisearch ${version ?? ""} searches: ${counted}.` };
}

async function askJobs({ db }: Services) {
  if (!(await isQueueThere(db))) return { says: "Nothing has been queued yet." };
  const rows = await db.execute<{ state: string; n: number }>(sql`
    select state::text as state, count(*)::int as n from pgboss.job group by state`);
  const of = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  return { says: `${of("created", "retry")} waiting, ${of("active")} running` };
}

const count = (n: number, one: string, more: string) => `${n} ${n === 1 ? one : more}`;

/** The newest that `npm run backup` noted; null: none in as long as the audit log is kept. */
export async function readLastBackup({ db }: Services) {
  const [entry] = await db
    .select({ at: auditEntries.at, after: auditEntries.after })
    .from(auditEntries)
    .where(eq(auditEntries.action, "instance.backedUp"))
    .orderBy(desc(auditEntries.at))
    .limit(1);
  if (!entry) return null;
  const of = (field: string) => Number(entry.after?.[field] ?? 0);
  return { at: entry.at, bytes: of("bytes"), rows: of("rows"), files: of("files") };
}
