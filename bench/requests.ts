/**
 * What a list of tasks costs the server, in CPU for each request, beside a bare handler that does
 * the same query: `npm run bench -- requests`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@guildhall/api/client";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { type MeasuredProgram, machine, median, startMeasured } from "./measured-program.ts";
import { seed } from "./seed.ts";
import { tell } from "./verdicts.ts";

const IN_FLIGHT = 8;
const ROUNDS = 7;

function get(agent: Agent, url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (res) => {
      let bytes = 0;
      res.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      res.on("end", () => {
        if (res.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url} answered ${res.statusCode}`));
      });
    })
      .on("error", reject)
      .end();
  });
}

type Case = { program: MeasuredProgram; url: string; headers: Record<string, string> };

/** µs of CPU for each of `count` requests, and how long each took, in ms. */
async function measure({ program, url, headers }: Case, count: number) {
  // New connections each time: the server closes those that rest while the other is measured.
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const before = await program.usage();
  const took: number[] = [];
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const began = performance.now();
      await get(agent, url, headers);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const after = await program.usage();
  agent.destroy();
  return { cpu: (after.cpu - before.cpu) / count, ms: median(took) };
}

async function compare(rows: number, ours: Case, bare: Case) {
  const count = Math.max(30, Math.round(40_000 / rows));
  const rounds: Record<"ours" | "bare", { cpu: number; ms: number }>[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const pair = { ours: await measure(ours, count), bare: await measure(bare, count) };
    if (i > 0) rounds.push(pair); // The first warms both up.
  }
  const cpu = (who: "ours" | "bare") => median(rounds.map((r) => r[who].cpu));
  const ms = (who: "ours" | "bare") => median(rounds.map((r) => r[who].ms));
  const ratio = median(rounds.map((r) => r.ours.cpu / r.bare.cpu));
  tell(`CPU of a list of ${rows} tasks, × bare`, ratio, { most: 1.6 });
  return {
    rows,
    "requests a round": count,
    "Guildhall, µs CPU": Math.round(cpu("ours")),
    "bare, µs CPU": Math.round(cpu("bare")),
    ratio: ratio.toFixed(2),
    "Guildhall, ms": ms("ours").toFixed(1),
    "bare, ms": ms("bare").toFixed(1),
  };
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(`A list of tasks over HTTP, ${IN_FLIGHT} in flight, median of ${ROUNDS} rounds.`);
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
const env = { DATABASE_URL: postgres.url, GUILDHALL_DATA: folder };
const server = await startMeasured("apps/server/src/main.ts", env);
const bare = await startMeasured("bench/bare-list.ts", env);
try {
  const { email, password, workspaceId } = await seed(server.url, 1_001);
  const client = createClient({ url: server.url });
  const { token } = await client.auth.login.mutate({ email, password });
  const signedIn = createClient({ url: server.url, token: token ?? undefined });
  const [project] = await signedIn.projects.list.query({ workspaceId });
  if (!project) throw new Error("The project was made a moment ago.");
  const table = [];
  for (const limit of [100, 1_000]) {
    const input = encodeURIComponent(JSON.stringify({ json: { projectId: project.id, limit } }));
    const ours = {
      program: server,
      url: `${server.url}/trpc/tasks.list?input=${input}`,
      headers: { authorization: `Bearer ${token}` },
    };
    const theirs = {
      program: bare,
      url: `${bare.url}/?projectId=${project.id}&limit=${limit}`,
      headers: {},
    };
    table.push(await compare(limit, ours, theirs));
  }
  console.table(table);
} finally {
  await bare.stop();
  await server.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
