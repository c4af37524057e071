/**
 * How soon a search answers in a workspace of 20,000 documents, 50,000 tasks and 25,000 comments in
 * eleven languages, asked over HTTP by a member who may not see all of it: `npm run bench -- search`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@guildhall/api/client";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import postgres from "postgres";
import { machine, share, startMeasured } from "./measured-program.ts";
import { fill } from "./search/fill.ts";
import { type Question, questions } from "./search/questions.ts";
import { tell } from "./verdicts.ts";
import { withServices } from "./with-services.ts";

const COUNT = {
  documents: Number(process.env.DOCUMENTS ?? 20_000),
  tasks: Number(process.env.TASKS ?? 50_000),
};
const P95_MS = 100;

console.log(`${COUNT.documents} documents and ${COUNT.tasks} tasks.`);
console.log(machine());
const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
const embedded = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(embedded.url);
try {
  const sql = postgres(embedded.url, { max: 2, onnotice: () => {} });
  let began = performance.now();
  const filled = await fill(sql, COUNT);
  console.log(`Written in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
  began = performance.now();
  const { secret: token } = await withServices(embedded.url, async ({ search, sessions }) => {
    await search.settled();
    return sessions.open(filled.memberId, { address: "127.0.0.1", userAgent: "bench" });
  });
  console.log(`Made findable in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
  await sql.end();

  const env = { DATABASE_URL: embedded.url, GUILDHALL_DATA: folder };
  const server = await startMeasured("apps/server/src/main.ts", env);
  try {
    const client = createClient({ url: server.url, token });
    const { workspaceId } = filled;
    const ask = async (question: Question) => {
      const at = performance.now();
      const { items } = await client.search.find.query({ workspaceId, ...question });
      return { took: performance.now() - at, found: items.length };
    };
    const kinds = Object.entries(questions());
    // What is asked for the first time is read from the disk.
    for (const [, asked] of kinds) for (const question of asked) await ask(question);
    const rows = [];
    const all: number[] = [];
    for (const [kind, asked] of kinds) {
      const answers = [];
      for (const question of asked) answers.push(await ask(question));
      const took = answers.map((answer) => answer.took);
      all.push(...took);
      rows.push({
        kind,
        asked: asked.length,
        "found something": answers.filter(({ found }) => found > 0).length,
        "p50, ms": share(took, 0.5).toFixed(1),
        "p95, ms": share(took, 0.95).toFixed(1),
        "longest, ms": Math.max(...took).toFixed(1),
      });
    }
    console.table(rows);
    console.log(
      `All: p50 ${share(all, 0.5).toFixed(1)} ms, p95 ${share(all, 0.95).toFixed(1)} ms.`,
    );
    const what = `p95 of a search in ${COUNT.documents} documents and ${COUNT.tasks} tasks`;
    tell(what, share(all, 0.95), { most: P95_MS }, " ms");
    await client.close();
  } finally {
    await server.stop();
  }
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
