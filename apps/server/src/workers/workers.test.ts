import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { createTestDatabase } from "@guildhall/db/testing";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";

const ada = { email: "ada@example.org", password: "correct horse battery", name: "Ada" };
const soon = { interval: 20 };

let redis: TestRedis;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-workers-"));
  undo.push(() =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  );
  return folder;
}

function start(env: Record<string, string>): Program {
  const program = startProgram({
    WORKERS: "2",
    REDIS_URL: redis.url,
    REDIS_PREFIX: randomUUID(),
    GUILDHALL_DATA: temporaryFolder(),
    ...env,
  });
  undo.push(async () => {
    program.child.kill("SIGKILL");
    await program.exited;
  });
  return program;
}

async function startOnDatabase() {
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  const program = start({ DATABASE_URL: database.url });
  const url = await program.ready();
  const { data } = await call(url, "auth.register", ada);
  return { program, url, token: String(data.token) };
}

/** The processes of node:cluster under this one. */
function workersOf({ child }: Program): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => statOf(pid)?.[1] === String(child.pid) && argumentsOf(pid).includes("main.ts"))
    .map(Number);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // The process ended meanwhile.
  }
}
/** State and parent of a process; a zombie counts as gone. */
function statOf(pid: string | number): string[] | null {
  const stat = readIfThere(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return stat && fields[0] !== "Z" ? fields : null;
}
const argumentsOf = (pid: string) => readIfThere(`/proc/${pid}/cmdline`);

async function subscribe(url: string, token: string, workspaceId: string) {
  const client = createClient({ url, token });
  undo.push(() => client.close());
  const seqs: number[] = [];
  const live = Promise.withResolvers<void>();
  client.changes.onChange.subscribe(
    { workspaceId, lastEventId: 0 },
    {
      onStarted: () => live.resolve(),
      onData: ({ data }) => seqs.push(...("seq" in data ? [data.seq] : [])),
    },
  );
  await live.promise;
  return { client, seqs };
}

/** Sent again with the same id until it is acknowledged, as the apps do. */
async function rename(client: GuildhallClient, workspaceId: string, name: string) {
  const mutationId = randomUUID();
  for (;;) {
    try {
      return await client.workspaces.update.mutate({ workspaceId, patch: { name }, mutationId });
    } catch (error) {
      if (error instanceof Error && "data" in error && error.data) throw error;
    }
  }
}

/** Read page by page, to the end. */
async function lastSeq(client: GuildhallClient, workspaceId: string): Promise<number> {
  for (let seq = 0; ; ) {
    const page = await client.changes.since.query({ workspaceId, seq });
    seq = page.seq;
    if (page.upToDate) return seq;
  }
}

test("a change made through one worker reaches those of the others at once", async () => {
  const { url, token } = await startOnDatabase();
  const created = await call(url, "workspaces.create", { name: "First" }, token);
  const workspaceId = String(created.data.id);
  // Connections go round the workers, so these are on both.
  const subscribers: Awaited<ReturnType<typeof subscribe>>[] = [];
  for (let n = 0; n < 4; n++) subscribers.push(await subscribe(url, token, workspaceId));
  const [first] = subscribers;
  if (!first) throw new Error("Nobody subscribed.");
  /** How long a change takes to all of them, in ms. */
  const arrival = async (name: string) => {
    const began = performance.now();
    await rename(first.client, workspaceId, name);
    const seq = await lastSeq(first.client, workspaceId);
    for (const { seqs } of subscribers) await expect.poll(() => seqs.at(-1), soon).toBe(seq);
    return performance.now() - began;
  };
  const told = [];
  for (let n = 0; n < 5; n++) told.push(await arrival(`Told ${n}`));
  // Postgres is asked by itself only after a while in which nothing was heard.
  redis.freeze();
  const found = await arrival("Found");
  redis.thaw();
  expect(Math.min(...told)).toBeLessThan(found);
});

test("a killed worker is replaced, and only its connections break", async () => {
  const { program, url } = await startOnDatabase();
  const before = workersOf(program);
  expect(before).toHaveLength(2);
  const sockets = Array.from(
    { length: 20 },
    () => new WebSocket(`${url.replace("http", "ws")}/trpc`),
  );
  await Promise.all(sockets.map((socket) => once(socket, "open")));
  // Who has how many is the kernel's choice.
  const theirs = new Set(callersOf(Number(before[0])));
  const portOf = new Map(sockets.map((socket) => [socket, localPort(socket)]));
  process.kill(Number(before[0]), "SIGKILL");
  const broken = () => sockets.filter(({ readyState }) => readyState !== WebSocket.OPEN);
  const ofTheKilled = sockets.filter((socket) => theirs.has(portOf.get(socket) ?? 0));
  await expect.poll(broken, soon).toEqual(ofTheKilled);
  await expect.poll(() => workersOf(program).length, soon).toBe(2);
  expect(workersOf(program)).toContain(before[1]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  for (const socket of sockets) socket.close();
});

test("SIGHUP restarts all, one by one: no write and no event is lost; SIGTERM ends all", async () => {
  const { program, url, token } = await startOnDatabase();
  const created = await call(url, "workspaces.create", { name: "First" }, token);
  const workspaceId = String(created.data.id);
  const { client, seqs } = await subscribe(url, token, workspaceId);
  const old = workersOf(program);
  let renames = 0;
  program.child.kill("SIGHUP");
  while (!program.output().includes("All workers were restarted.")) {
    await rename(client, workspaceId, `Name ${++renames}`);
  }
  expect(renames).toBeGreaterThan(5);
  expect(workersOf(program).filter((pid) => old.includes(pid))).toEqual([]);
  expect(workersOf(program)).toHaveLength(2);
  const last = await lastSeq(client, workspaceId);
  await expect.poll(() => seqs.at(-1), soon).toBe(last);
  // One may come twice while a client moves to its new socket; none is missing, none is late.
  expect([...new Set(seqs)]).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  expect(last).toBeGreaterThanOrEqual(renames);

  const workers = workersOf(program);
  program.child.kill("SIGTERM");
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(workers.filter((pid) => statOf(pid))).toEqual([]);
});

test("with the built-in Postgres: a killed primary leaves no worker, and the next start needs no hand", async () => {
  const data = temporaryFolder();
  const first = start({ GUILDHALL_DATA: data });
  expect((await call(await first.ready(), "auth.register", ada)).status).toBe(200);
  const workers = workersOf(first);
  expect(workers).toHaveLength(2);
  first.child.kill("SIGKILL");
  await expect.poll(() => workers.filter((pid) => statOf(pid)), soon).toEqual([]);

  const second = start({ GUILDHALL_DATA: data });
  // The kept secret and the rows are those of the first.
  expect((await call(await second.ready(), "auth.login", ada)).status).toBe(200);
  second.child.kill("SIGTERM");
  expect(await second.exited).toEqual({ code: 0, signal: null });
  expect(readIfThere(path.join(data, "postgres", "postmaster.pid"))).toBe("");
});

test("what stops a worker from starting is said once, in a sentence", async () => {
  const { url } = await startOnDatabase();
  const second = start({ PORT: new URL(url).port });
  expect((await second.exited).code).toBe(1);
  expect(second.output()).toMatch(/Guildhall can't start\.\nPort \d+ on 127\.0\.0\.1 is in use/);
  expect(second.output().match(/is in use/g)).toHaveLength(1);
});

test("a Redis that is away stops only a start that requires it", async () => {
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  const away = { DATABASE_URL: database.url, REDIS_URL: "redis://127.0.0.1:1", WORKERS: "1" };
  const required = start({ ...away, REDIS_REQUIRED: "true" });
  expect((await required.exited).code).toBe(1);
  expect(required.output()).toMatch(
    /Guildhall can't start\.\nThe Redis server of REDIS_URL isn't responding \(connect ECONNREFUSED/,
  );
  const optional = start(away);
  expect((await fetch(`${await optional.ready()}/readyz`)).status).toBe(200);
  expect(optional.output()).toContain("Redis isn't responding");
});

/** `ws` has no public name for the socket below it. */
const localPort = (socket: WebSocket) =>
  (socket as unknown as { _socket: Socket })._socket.localPort ?? 0;

/** The ports at the other end of a process's TCP connections. */
function callersOf(pid: number): number[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode ? [inode] : [];
    }),
  );
  const connections = readFileSync(`/proc/${pid}/net/tcp`, "utf8").split("\n").slice(1);
  return connections.flatMap((line) => {
    const [, , remote, , , , , , , inode] = line.trim().split(/\s+/);
    return inode && sockets.has(inode) ? [Number.parseInt(remote?.split(":")[1] ?? "0", 16)] : [];
  });
}
