/**
 * How people who write fare while others push updates that were made to hurt: the time of an honest
 * push, small and large, before and during the attack, and the memory of the server:
 * `node bench/hostile.ts`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@guildhall/api/client";
import { writeDocument } from "@guildhall/api/document-model";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { uuidv7 } from "uuidv7";
import { seedDocument } from "./documents/seed.ts";
import { machine, share, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";
import { withServices } from "./with-services.ts";

const SECONDS = Number(process.env.SECONDS ?? 10);
const HONEST = 10;
const ATTACKERS = 10;
/** Of all attackers together, all the time. */
const AT_ONCE = 50;

const varUint = (n: number): number[] =>
  n < 128 ? [n] : [(n & 127) | 128, ...varUint(Math.floor(n / 128))];

/** So many values of one attribute at once: minutes of work for who puts them together. */
function rivals(count: number): string {
  const paragraph = [0b111, 1, 7, ...Buffer.from("default"), 3, 9, ...Buffer.from("paragraph")];
  const bytes = [1, ...varUint(count + 1), 1, 0, ...paragraph];
  for (let i = 0; i < count; i++) bytes.push(0b0010_1000, 0, 1, 0, 1, 0x61, 1, 126);
  return Buffer.from([...bytes, 0]).toString("base64");
}

const attacks: Record<string, string> = {
  heavy: rivals(20_000),
  "half a megabyte of it": rivals(60_000),
  bomb: Buffer.from([1, 0xff, 0xff, 0xff, 0x0a, 1, 0]).toString("base64"),
};

const paragraph = (text: string) =>
  Buffer.from(
    writeDocument({
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text }] }],
    }),
  ).toString("base64");
const honest = { small: paragraph("a word"), large: paragraph("some words ".repeat(10_000)) };

type Place = { url: string; documentId: string };
type Pushing = { updates: () => string; everyMs: number; until: number };

async function push({ url, documentId }: Place, token: string, how: Pushing) {
  const { updates, everyMs, until } = how;
  const client = createClient({ url, token });
  const took: number[] = [];
  const answers = new Map<string, number>();
  while (performance.now() < until) {
    const began = performance.now();
    try {
      await client.documents.push.mutate({ documentId, id: uuidv7(), update: updates() });
      took.push(performance.now() - began);
    } catch (error) {
      const { data } = error as { data?: { reason?: string } };
      const reason = data?.reason ?? "no answer";
      answers.set(reason, (answers.get(reason) ?? 0) + 1);
    }
    await delay(everyMs);
  }
  await client.close();
  return { took, answers };
}

/** In milliseconds, of people who type, and of one who pastes a chapter now and then. */
async function write(place: Place, tokens: string[]) {
  const until = performance.now() + SECONDS * 1_000;
  const of = async (update: string, everyMs: number, tokens: string[]) => {
    const how = { updates: () => update, everyMs, until };
    const all = await Promise.all(tokens.map((token) => push(place, token, how)));
    const refused = all.flatMap(({ answers }) => [...answers.keys()]);
    if (refused.length > 0) throw new Error(`Honest pushes were answered ${refused}.`);
    return all.flatMap(({ took }) => took);
  };
  const [small, large] = await Promise.all([
    of(honest.small, 100, tokens),
    of(honest.large, 400, tokens.slice(0, 1)),
  ]);
  return { small, large };
}

console.log(
  `${HONEST} people write while ${AT_ONCE} hostile pushes are under way, ${SECONDS} s each.`,
);
console.log(machine());
const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
try {
  const seeded = await withServices(postgres.url, (services) =>
    seedDocument(services, HONEST + ATTACKERS),
  );
  const env = { DATABASE_URL: postgres.url, GUILDHALL_DATA: folder };
  const server = await startMeasured("apps/server/src/main.ts", env);
  try {
    const place = { url: server.url, documentId: seeded.documentId };
    const people = seeded.tokens.slice(0, HONEST);
    const hostile = seeded.tokens.slice(HONEST);
    await write(place, people);
    const rows = [];
    let during = Number.NaN;
    for (const [name, accounts] of [
      ["nobody", []],
      ["one", hostile.slice(0, 1)],
      ["ten", hostile],
    ] as const) {
      const until = performance.now() + SECONDS * 1_000;
      const kinds = Object.values(attacks);
      const attack = Array.from({ length: accounts.length && AT_ONCE }, (_, i) =>
        push(place, accounts[i % accounts.length] ?? "", {
          updates: () => kinds[i % kinds.length] ?? "",
          everyMs: 200,
          until,
        }),
      );
      const { small, large } = await write(place, people);
      const answered = new Map<string, number>();
      for (const { answers, took } of await Promise.all(attack)) {
        if (took.length > 0) throw new Error("A hostile update is in the log.");
        for (const [reason, n] of answers) answered.set(reason, (answered.get(reason) ?? 0) + n);
      }
      during = share(small, 0.95);
      rows.push({
        attackers: name,
        answered: [...answered].map(([reason, n]) => `${n} ${reason}`).join(", "),
        "small p50, ms": share(small, 0.5).toFixed(1),
        "small p95, ms": during.toFixed(1),
        "large p50, ms": share(large, 0.5).toFixed(1),
        "large p95, ms": share(large, 0.95).toFixed(1),
        "server MB": Math.round((await server.usage()).rss / 2 ** 20),
      });
    }
    console.table(rows);
    tell("p95 of an honest push beside 50 hostile ones", during, { most: 200 }, " ms");
  } finally {
    await server.stop();
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
