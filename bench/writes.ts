/**
 * How many writes one workspace takes with 500 members subscribed, how soon each is committed, and
 * how many fifty workspaces take together: `npm run bench -- writes`
 *
 * The verbs, of ten: four tasks created (to the end of a column), three titles changed, two cards
 * moved to another column, one comment. Each with a mutation id, over HTTP, answered after the
 * commit. The server, its Postgres, the subscribers and the writers share this machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@guildhall/api/client";
import { createFolderStore, createServices } from "@guildhall/api/server";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { uuidv7 } from "uuidv7";
import { apiConfig } from "./api-config.ts";
import { startCrowd } from "./fan-out/crowd.ts";
import { seedMembers } from "./fan-out/members.ts";
import { type MeasuredProgram, machine, share, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";

const SUBSCRIBERS = Number(process.env.SUBSCRIBERS ?? 500);
const SECONDS = Number(process.env.SECONDS ?? 12);
const WARM_UP_SECONDS = 4;
const IN_FLIGHT = Number(process.env.IN_FLIGHT ?? 20);
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

function post(url: string, token: string, input: object): Promise<{ id: string }> {
  const body = JSON.stringify({ json: { ...input, mutationId: uuidv7() } });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: "POST", headers }, async (res) => {
      let text = "";
      for await (const chunk of res) text += chunk;
      if (res.statusCode === 200) resolve(JSON.parse(text).result.data.json);
      else reject(new Error(`${url} answered ${res.statusCode}: ${text}`));
    });
    asked.on("error", reject).end(body);
  });
}

type Place = { token: string; projectId: string; statusIds: string[]; tasks: string[] };

/** One write of a team at work; `turn` says which. */
async function writeOnce(url: string, place: Place, turn: number) {
  const { token, projectId, statusIds, tasks } = place;
  const call = (procedure: string, input: object) => post(`${url}/trpc/${procedure}`, token, input);
  const id = tasks[Math.floor(Math.random() * tasks.length)];
  const statusId = statusIds[turn % statusIds.length];
  const kind = turn % 10;
  if (kind < 4 || id === undefined) {
    const made = await call("tasks.create", { projectId, statusId, title: `Task ${turn}` });
    tasks.push(made.id);
  } else if (kind < 7) {
    await call("tasks.update", { id, patch: { title: `Changed ${turn}` } });
  } else if (kind < 9) {
    await call("tasks.move", { id, statusId });
  } else {
    await call("comments.create", { taskId: id, body: `Said ${turn}` });
  }
}

async function writeFor(seconds: number, url: string, places: Place[]) {
  const took: number[] = [];
  const until = performance.now() + seconds * 1_000;
  let turn = 0;
  const writer = async (from: number) => {
    for (let i = from; performance.now() < until; i++) {
      const place = places[i % places.length];
      if (!place) throw new Error("There is a place to write to.");
      const began = performance.now();
      await writeOnce(url, place, turn++);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, i) => writer(i)));
  return took;
}

async function measure(name: string, server: MeasuredProgram, places: Place[]) {
  await writeFor(WARM_UP_SECONDS, server.url, places);
  const before = await server.usage();
  const took = await writeFor(SECONDS, server.url, places);
  const { cpu } = await server.usage();
  return {
    name,
    perSecond: took.length / SECONDS,
    p50: share(took, 0.5),
    p95: share(took, 0.95),
    cpu: (cpu - before.cpu) / took.length,
  };
}

/** People come straight from the database: half a thousand passwords would take two minutes. */
async function seed(databaseUrl: string) {
  const services = await createServices({
    databaseUrl,
    pool: 4,
    files: createFolderStore("/nowhere"),
    config: apiConfig({ info() {}, warn: console.warn, error: console.error }),
  });
  const followed = await seedMembers(services, Math.max(SUBSCRIBERS, 1));
  const others = [];
  for (let i = 0; i < 50; i++) others.push(await seedMembers(services, 1));
  await services.stop();
  return { followed, others };
}

async function openProject(url: string, place: { workspaceId: string; tokens: string[] }) {
  const token = place.tokens[0] ?? "";
  const client = createClient({ url, token });
  const asked = { workspaceId: place.workspaceId, name: "Bench", key: "BEN" };
  const { id, statuses } = await client.projects.create.mutate(asked);
  await client.close();
  return { token, projectId: id, statusIds: statuses.map((s) => s.id), tasks: [] };
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(
  `Writes, ${IN_FLIGHT} in flight, ${SECONDS} s each; ${SUBSCRIBERS} subscribers to one.`,
);
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
const { followed, others } = await seed(postgres.url);
const server = await startMeasured("apps/server/src/main.ts", {
  DATABASE_URL: postgres.url,
  GUILDHALL_DATA: folder,
});
const crowd = startCrowd();
try {
  const { url } = server;
  const { workspaceId, tokens } = followed;
  const one = await openProject(url, followed);
  const many = await Promise.all(others.map((each) => openProject(url, each)));
  const rows = [await measure("50 workspaces", server, many)];
  rows.push(await measure("one workspace, nobody subscribed", server, [one]));
  const asked = { url: `${url.replace(/^http/, "ws")}`, tokens, workspaceId };
  if (SUBSCRIBERS > 0) await crowd.open({ kind: "guildhall", count: SUBSCRIBERS, ...asked });
  rows.push(await measure(`one workspace, ${SUBSCRIBERS} subscribed`, server, [one]));
  const { delivered } = SUBSCRIBERS > 0 ? await crowd.report() : { delivered: 0 };
  console.table(
    rows.map(({ name, perSecond, p50, p95, cpu }) => ({
      where: name,
      "writes/s": Math.round(perSecond),
      "p50, ms": p50.toFixed(1),
      "p95, ms": p95.toFixed(1),
      "server CPU, µs a write": Math.round(cpu),
    })),
  );
  console.log(`${delivered} changes were delivered to subscribers.`);
  const [fifty, alone, crowded] = rows;
  if (!fifty || !alone || !crowded) throw new Error("Three were measured.");
  const where = `one workspace, ${SUBSCRIBERS} subscribed`;
  tell(`writes/s in ${where}`, crowded.perSecond, { least: 300 });
  tell(`commit p95 in ${where}`, crowded.p95, { most: 100 }, " ms");
  tell("writes/s of 50 workspaces, × of one", fifty.perSecond / alone.perSecond, { least: 3 });
} finally {
  agent.destroy();
  await crowd.stop();
  await server.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
