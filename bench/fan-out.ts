/**
 * What it costs to tell many of one change: `npm run bench -- fan-out`
 *
 * Side by side in one run: `ws` sending one ready frame, socket.io, tRPC as its guide says, and
 * Guildhall. Each server and each crowd of subscribers is a process of its own; rounds alternate.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { startTestRedis } from "@guildhall/testing/redis";
import { type Contestant, kinds, pause, startContestant } from "./fan-out/contestant.ts";
import type { Kind } from "./fan-out/crowd.ts";
import { machine, median } from "./measured-program.ts";
import { tell } from "./verdicts.ts";

const SIZES = (process.env.SIZES ?? "100,1000,5000").split(",").map(Number);
const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** µs of CPU for each change delivered. */
async function cost(contestant: Contestant, size: number) {
  const perSecond = Math.max(2, Math.min(20, Math.round(15_000 / size)));
  const changes = perSecond * 2;
  const before = await contestant.program.usage();
  await contestant.send(changes, perSecond, { to: size });
  const after = await contestant.program.usage();
  return (after.cpu - before.cpu) / (changes * size);
}

/** Bytes of memory once the garbage is gone. */
async function settled({ program, ask }: Contestant) {
  await pause(1_500);
  await ask("collect");
  await ask("collect");
  return (await program.usage()).rss;
}

async function contest(size: number, env: Record<string, string>) {
  const contestants: Contestant[] = [];
  const memory: Record<string, number> = {};
  try {
    for (const kind of kinds) {
      const contestant = await startContestant(kind, env);
      contestants.push(contestant);
      // One in, so that everything that is made once is there before memory is read.
      await contestant.join(1);
      const empty = await settled(contestant);
      await contestant.join(size - 1);
      memory[kind] = ((await settled(contestant)) - empty) / (size - 1);
    }
    const rounds: Record<string, number>[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      const costs: Record<string, number> = {};
      for (const each of contestants) costs[each.kind] = await cost(each, size);
      if (i > 0) rounds.push(costs); // The first warms all up.
    }
    judge(size, rounds, memory);
    return row(size, rounds, memory);
  } finally {
    for (const each of contestants) await each.stop();
  }
}

const ratioOf = (rounds: Record<string, number>[], a: Kind, b: Kind) =>
  median(rounds.map((r) => (r[a] ?? Number.NaN) / (r[b] ?? Number.NaN)));

function judge(size: number, rounds: Record<string, number>[], memory: Record<string, number>) {
  const to = `to ${size} subscribers`;
  tell(`CPU of a delivery ${to}, × \`ws\``, ratioOf(rounds, "guildhall", "ws"), { most: 1.2 });
  tell(`the same, × socket.io`, ratioOf(rounds, "guildhall", "socket.io"), { most: 1 });
  tell(`plain tRPC's, × ours`, ratioOf(rounds, "plain tRPC", "guildhall"), { least: 6 });
  if (size < 5_000) return;
  const over = ((memory.guildhall ?? 0) - (memory.ws ?? 0)) / 1024;
  tell("memory of an idle subscribed socket over `ws`", over, { most: 30 }, " KB");
}

function row(size: number, rounds: Record<string, number>[], memory: Record<string, number>) {
  const cpu = (kind: Kind) => median(rounds.map((r) => r[kind] ?? Number.NaN));
  const ratio = (a: Kind, b: Kind) => ratioOf(rounds, a, b);
  return {
    subscribers: size,
    ...Object.fromEntries(kinds.map((kind) => [`${kind}, µs`, cpu(kind).toFixed(1)])),
    "to ws": ratio("guildhall", "ws").toFixed(2),
    "to socket.io": ratio("guildhall", "socket.io").toFixed(2),
    "plain tRPC to it": ratio("plain tRPC", "guildhall").toFixed(1),
    "KB a socket": ((memory.guildhall ?? 0) / 1024).toFixed(1),
    "KB over ws": (((memory.guildhall ?? 0) - (memory.ws ?? 0)) / 1024).toFixed(1),
  };
}

/** As one of several servers: the change comes from another program, through Redis. */
async function throughRedis(size: number, env: Record<string, string>) {
  const redis = await startTestRedis();
  const contestants: Contestant[] = [];
  try {
    for (const kind of ["socket.io", "guildhall"] as const) {
      const contestant = await startContestant(kind, { ...env, REDIS_URL: redis.url });
      contestants.push(contestant);
      await contestant.join(size);
    }
    const rounds: Record<string, number>[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      const costs: Record<string, number> = {};
      for (const each of contestants) costs[each.kind] = await cost(each, size);
      if (i > 0) rounds.push(costs);
    }
    const ratio = ratioOf(rounds, "guildhall", "socket.io");
    tell(`through Redis to ${size}, × socket.io with its adapter`, ratio, { most: 0.7 });
    return { subscribers: size, "to socket.io with its Redis adapter": ratio.toFixed(2) };
  } finally {
    for (const each of contestants) await each.stop();
    await redis.stop();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(`CPU of the server for each change delivered, median of ${ROUNDS} rounds.`);
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
try {
  await migrate(postgres.url);
  const table = [];
  for (const size of SIZES) table.push(await contest(size, { DATABASE_URL: postgres.url }));
  console.table(table);
  console.table([await throughRedis(1_000, { DATABASE_URL: postgres.url })]);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
