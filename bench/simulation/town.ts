/** The real thing, small: Postgres, Redis, workers in processes of their own, followers, writers. */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@guildhall/api/client";
import { createFolderStore, createServices } from "@guildhall/api/server";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { startTestRedis } from "../../packages/api/src/core/testing-redis.ts";
import { startCrowd } from "../fan-out/crowd.ts";
import { seedMembers } from "../fan-out/members.ts";
import { startMeasured } from "../measured-program.ts";
import { arrivals, chances } from "./model.ts";

export const HEARTBEAT_SECONDS = 2;
const MEMBERS = 20;
const JWT_SECRET = "for measuring only, nobody's secret";

type Workspace = { workspaceId: string; tokens: string[]; taskId: string };
export type Town = Awaited<ReturnType<typeof buildTown>>;

/** A Postgres as a server runs it (durable), a Redis, and so many workers. */
export async function buildTown(workers: number, workspaces: number) {
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
    rmSync(folder, { recursive: true, force: true });
  };
  // Postgres would outlive us.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  try {
    const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
    undo.push(() => postgres.stop());
    const redis = await startTestRedis();
    undo.push(() => redis.stop());
    await migrate(postgres.url);
    const env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      JWT_SECRET,
      WS_HEARTBEAT_INTERVAL: String(HEARTBEAT_SECONDS),
      WS_MAX_CONNECTIONS_PER_USER: "10000",
    };
    const programs = [];
    for (let i = 0; i < workers; i++) {
      const program = await startMeasured("apps/server/src/main.ts", env, ["--expose-gc"]);
      undo.push(() => program.stop());
      programs.push(program);
    }
    const [first] = programs;
    if (!first) throw new RangeError("A town has at least one worker.");
    const places = await settle(postgres.url, first.url, workspaces);
    return { programs, places, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Workspaces with members, and a task in each for them to work on. */
async function settle(databaseUrl: string, url: string, count: number): Promise<Workspace[]> {
  const services = await createServices({
    databaseUrl,
    pool: 2,
    files: createFolderStore("/nowhere"),
    config: {
      jwtSecret: JWT_SECRET,
      jwtAlgorithm: "HS256",
      sessionMinutes: 60,
      registration: "open",
      publicUrl: url,
      secureCookies: false,
      changesKeepDays: 90,
      sendMail: async () => {},
      log: { info() {}, warn: console.warn, error: console.error },
    },
  });
  const places: Workspace[] = [];
  for (let i = 0; i < count; i++) {
    const { workspaceId, tokens } = await seedMembers(services, MEMBERS);
    const [token = ""] = tokens;
    const client = createClient({ url, token });
    const project = await client.projects.create.mutate({ workspaceId, name: "Mill", key: "MILL" });
    const task = { projectId: project.id, title: "Oil the hinges" };
    const { id: taskId } = await client.tasks.create.mutate(task);
    await client.close();
    places.push({ workspaceId, tokens, taskId });
  }
  await services.stop();
  return places;
}

/** Followers, spread evenly; resolves when each has caught up. */
export async function follow(town: Town, places: Workspace[], sockets: number) {
  const crowd = startCrowd();
  const each = Math.max(1, Math.round(sockets / places.length / town.programs.length));
  for (const { url } of town.programs) {
    for (const { workspaceId, tokens } of places) {
      await crowd.open({ kind: "guildhall", url, count: each, tokens, workspaceId });
    }
  }
  const { ready } = await crowd.report();
  if (ready < each * places.length * town.programs.length) {
    throw new Error(`Only ${ready} of ${sockets} sockets were served.`);
  }
  return crowd;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Answers how long it took, in ms. */
function rename(url: string, { taskId, tokens }: Workspace, n: number): Promise<number> {
  const began = performance.now();
  const headers = {
    authorization: `Bearer ${tokens[n % tokens.length]}`,
    "content-type": "application/json",
  };
  const body = JSON.stringify({ json: { id: taskId, patch: { title: `Oil the hinges, ${n}` } } });
  return new Promise((resolve, reject) => {
    const post = { agent, method: "POST", headers };
    const sent = request(`${url}/trpc/tasks.update`, post, (res) => {
      res.resume();
      res.on("end", () => {
        if (res.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`A write was answered ${res.statusCode}.`));
      });
    });
    sent.on("error", reject).end(body);
  });
}

/** One write after the other, each as if nobody else were there: how long it takes, in ms. */
export async function writeAlone(url: string, place: Workspace, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n++) took.push(await rename(url, place, n));
  return took;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes at random times for so long; what that cost each worker (ms of CPU), and how long it took. */
export async function watch(
  town: Town,
  places: Workspace[],
  options: { writesPerSecond: number; seconds: number; crowd?: ReturnType<typeof startCrowd> },
) {
  const { crowd, seconds, writesPerSecond } = options;
  await crowd?.report();
  const before = await Promise.all(town.programs.map((program) => program.usage()));
  const began = performance.now();
  const chance = chances(11);
  const answers: Promise<number>[] = [];
  const times = writesPerSecond > 0 ? arrivals(writesPerSecond, seconds, chance) : [];
  for (const time of times) {
    await pause(Math.max(0, began + time - performance.now()));
    const n = answers.length;
    const place = places[Math.floor(chance() * places.length)];
    const program = town.programs[n % town.programs.length];
    if (place && program) answers.push(rename(program.url, place, n));
  }
  await pause(Math.max(0, began + seconds * 1_000 - performance.now()));
  const answered = await Promise.all(answers);
  const took = (performance.now() - began) / 1_000;
  const after = await Promise.all(town.programs.map((program) => program.usage()));
  const cpu = after.map((usage, i) => (usage.cpu - (before[i]?.cpu ?? 0)) / 1_000 / took);
  const report = await crowd?.report();
  return { cpu, answered, writes: answered.length / took, late: report?.late ?? [] };
}

/** Bytes of each worker, after what was let go is collected. */
export const memoryOf = (town: Town) =>
  Promise.all(town.programs.map(async (program) => (await program.usage("collected")).rss));
