/**
 * How people who write fare while others push updates that were made to hurt: the time of an honest
 * push, small and large, before and during the attack, and the memory of the server:
 * `npm run bench -- hostile`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { writeDocument } from "@guildhall/document-model";
import { seedDocument } from "./documents/seed.ts";
import type { Answered, Attack } from "./hostile/attackers.ts";
import { type Place, push } from "./hostile/push.ts";
import { machine, share, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";
import { withServices } from "./with-services.ts";

const SECONDS = Number(process.env.SECONDS ?? 10);
const HONEST = 10;
const ATTACKERS = 10;
/** Of all attackers together, all the time. */
const AT_ONCE = 50;

const paragraph = (text: string) =>
  Buffer.from(
    writeDocument({
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text }] }],
    }),
  ).toString("base64");
const honest = { small: paragraph("a word"), large: paragraph("some words ".repeat(10_000)) };

function attack(how: Attack): Promise<Answered> {
  const child = fork(path.join(import.meta.dirname, "hostile", "attackers.ts"));
  child.send(how);
  return once(child, "message").then(([answered]) => answered as Answered);
}

/** In milliseconds, of people who type, and of one who pastes a chapter now and then. */
async function write(place: Place, tokens: string[]) {
  const of = async (update: string, everyMs: number, tokens: string[]) => {
    const how = { update, everyMs, seconds: SECONDS };
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
    let during = 0;
    for (const [name, accounts] of [
      ["nobody", []],
      ["one", hostile.slice(0, 1)],
      ["ten", hostile],
    ] as const) {
      const tokens = [...accounts];
      const attacking = tokens.length
        ? attack({ ...place, tokens, atOnce: AT_ONCE, seconds: SECONDS })
        : null;
      const { small, large } = await write(place, people);
      const { answers = [], taken = 0 } = (await attacking) ?? {};
      if (taken > 0) throw new Error("A hostile update is in the log.");
      const p95 = share(small, 0.95);
      during = Math.max(during, tokens.length ? p95 : 0);
      rows.push({
        attackers: name,
        answered: answers.map(([reason, n]) => `${n} ${reason}`).join(", "),
        "small p50, ms": share(small, 0.5).toFixed(1),
        "small p95, ms": p95.toFixed(1),
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
