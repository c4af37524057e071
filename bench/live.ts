/**
 * How late changes arrive, and how a crowd comes back: `npm run bench -- live`
 *
 * 1. 5,000 sockets on one worker, 20 changes a second to all, beside `ws` in the same run.
 * 2. A reader that stops reading: what the others notice of it.
 * 3. All sockets dropped at once: when they are served again, and what that asks of Postgres.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import postgres from "postgres";
import { type Contestant, startContestant } from "./fan-out/contestant.ts";
import { machine, median, share } from "./measured-program.ts";
import { tell } from "./verdicts.ts";

const SOCKETS = Number(process.env.SOCKETS ?? 5_000);
const ROUNDS = Number(process.env.ROUNDS ?? 3);

async function lateness(env: Record<string, string>) {
  const ws = await startContestant("ws", env);
  const guildhall = await startContestant("guildhall", env);
  try {
    const p99: Record<string, number[]> = { ws: [], guildhall: [] };
    const p50: Record<string, number[]> = { ws: [], guildhall: [] };
    for (const each of [ws, guildhall]) await each.join(SOCKETS);
    for (let i = 0; i <= ROUNDS; i++) {
      for (const each of [ws, guildhall]) {
        const late = await each.send(100, 20, { to: SOCKETS });
        if (i === 0) continue; // The first warms both up.
        p99[each.kind]?.push(share(late, 0.99));
        p50[each.kind]?.push(share(late, 0.5));
      }
    }
    const of = (list: Record<string, number[]>, kind: string) => median(list[kind] ?? []);
    const ratio = of(p99, "guildhall") / of(p99, "ws");
    tell(`p99 of delivery, 20 changes/s to ${SOCKETS} sockets, × \`ws\``, ratio, { most: 1.3 });
    return {
      sockets: SOCKETS,
      "ws p50, ms": of(p50, "ws"),
      "p50, ms": of(p50, "guildhall"),
      "ws p99, ms": of(p99, "ws"),
      "p99, ms": of(p99, "guildhall"),
      "p99 to ws": ratio.toFixed(2),
    };
  } finally {
    await ws.stop();
    await guildhall.stop();
  }
}

const READERS = 50;
/** Of 20 KB each: the kernel's buffers of the one that pauses are full after some dozens. */
const LARGE = 20_000;

async function pausedReader(env: Record<string, string>) {
  const guildhall = await startContestant("guildhall", env);
  try {
    await guildhall.join(READERS);
    const rounds: { without: number; with: number; peak: number }[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      const without = share(await guildhall.send(400, 80, { to: READERS, extra: LARGE }), 0.99);
      const { rss } = await guildhall.program.usage();
      const stuck = await startStuck(guildhall);
      const paused = share(await guildhall.send(400, 80, { to: READERS, extra: LARGE }), 0.99);
      const after = await guildhall.program.usage();
      await stuck.letGo();
      if (i > 0) rounds.push({ without, with: paused, peak: after.rss - rss });
    }
    const ratio = median(rounds.map((r) => r.with / r.without));
    tell("p99 of the others beside a reader that stopped, × without", ratio, { most: 1.2 });
    return {
      readers: READERS,
      "p99 without, ms": median(rounds.map((r) => r.without)),
      "p99 with one paused, ms": median(rounds.map((r) => r.with)),
      ratio: ratio.toFixed(2),
      "memory, MB": (median(rounds.map((r) => r.peak)) / 2 ** 20).toFixed(1),
    };
  } finally {
    await guildhall.stop();
  }
}

/** One more reader in a crowd of its own, which stops reading. */
async function startStuck({ joinElsewhere }: Contestant) {
  const crowd = await joinElsewhere(1);
  await crowd.pause();
  return { letGo: () => crowd.stop() };
}

async function comeBack(env: Record<string, string>) {
  const guildhall = await startContestant("guildhall", env);
  const sql = postgres(env.DATABASE_URL ?? "", { max: 1 });
  try {
    await guildhall.join(SOCKETS);
    let most = 0;
    const watch = setInterval(async () => {
      const [row] = await sql`select count(*)::int as n from pg_stat_activity
        where application_name = 'guildhall'`;
      most = Math.max(most, row?.n ?? 0);
    }, 100);
    await guildhall.crowd.drop();
    clearInterval(watch);
    const { back } = await guildhall.crowd.report();
    const seconds = share(back, 0.99) / 1_000;
    tell(`99 % of ${SOCKETS} dropped sockets are served again after`, seconds, { most: 30 }, " s");
    tell("database connections meanwhile", most, { most: 20 });
    return {
      sockets: SOCKETS,
      back: back.length,
      "half, s": (share(back, 0.5) / 1_000).toFixed(1),
      "99 %, s": seconds.toFixed(1),
      "connections at most": most,
      pool: 20,
    };
  } finally {
    await guildhall.stop();
    await sql.end();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(machine());
const database = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
const env = { DATABASE_URL: database.url };
const parts = (process.env.PARTS ?? "late,paused,back").split(",");
try {
  await migrate(database.url);
  if (parts.includes("late")) {
    console.log(`20 changes a second to ${SOCKETS} sockets, median of ${ROUNDS} rounds of 5 s.`);
    console.table([await lateness(env)]);
  }
  if (parts.includes("paused")) {
    console.log("80 changes of 20 KB a second; one reader more stops reading.");
    console.table([await pausedReader(env)]);
  }
  if (parts.includes("back")) {
    console.log("All sockets dropped at once; each comes back at once, then with jitter.");
    console.table([await comeBack(env)]);
  }
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
