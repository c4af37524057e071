import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestDatabase, startDisposablePostgres } from "@guildhall/db/testing";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterEach, beforeEach, expect, test } from "vitest";

const person = { email: "ada@example.org", password: "correct horse battery", name: "Ada" };
let dataFolder: string;
const programs: Program[] = [];

beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-server-"));
});

afterEach(async () => {
  for (const { child, exited } of programs.splice(0)) {
    child.kill("SIGKILL");
    await exited;
  }
  const file = path.join(dataFolder, "postgres", "postmaster.pid");
  const left = readIfThere(file)?.split("\n")[0];
  if (left) process.kill(Number(left), "SIGQUIT");
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function start(env: Record<string, string> = {}): Program {
  const program = startProgram({ GUILDHALL_DATA: dataFolder, ...env });
  programs.push(program);
  return program;
}

test("stops cleanly when asked, and the next start finds everything as it was", async () => {
  const first = start();
  const url = await first.ready();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect((await call(url, "auth.register", person)).status).toBe(200);
  first.child.kill("SIGTERM");
  expect(await first.exited).toEqual({ code: 0, signal: null });
  expect(readIfThere(path.join(dataFolder, "postgres", "postmaster.pid"))).toBeNull();
  expect(readIfThere(path.join(dataFolder, "guildhall.lock"))).toBeNull();

  const second = start();
  const login = await call(await second.ready(), "auth.login", person);
  expect(login).toMatchObject({ status: 200, data: { user: { email: person.email } } });
});

test("a start after kill -9 needs no hand, and keeps what was answered", async () => {
  const first = start();
  expect((await call(await first.ready(), "auth.register", person)).status).toBe(200);
  first.child.kill("SIGKILL");
  await first.exited;
  const second = start();
  expect((await call(await second.ready(), "auth.login", person)).status).toBe(200);
});

test("a second one on the same data folder is refused with a sentence, and the first goes on", async () => {
  const first = start();
  const url = await first.ready();
  const second = start();
  expect((await second.exited).code).toBe(1);
  expect(second.output()).toMatch(/^Guildhall can't start\.\nAnother Guildhall \(process \d+\)/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test("a wrong setting stops the start with a sentence and no stack", async () => {
  const program = start({ PORT: "99999", JWT_SECRET: "too short" });
  expect((await program.exited).code).toBe(1);
  expect(program.output()).toBe(
    "Guildhall can't start.\n" +
      'PORT must be a port, 0 to 65535, but is "99999". Example: PORT=8001\n' +
      "JWT_SECRET must have at least 32 characters. Example: JWT_SECRET=(the output of: openssl rand -base64 48)\n",
  );
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    "more connections than the built-in Postgres takes",
    { DB_POOL_SIZE: "1000" },
    /allows 700 connections.*Lower DB_POOL_SIZE/,
  ],
  [
    "a data folder that cannot be",
    { GUILDHALL_DATA: "/proc/x" },
    /^Can't write to the data folder \/proc\/x\. .*GUILDHALL_DATA/m,
  ],
  [
    "a file for a data folder",
    { GUILDHALL_DATA: "/etc/hostname" },
    /^Can't write to the data folder .*: it is a file, not a folder/m,
  ],
  [
    "a folder within a file",
    { GUILDHALL_DATA: "/etc/hostname/x" },
    /^Can't write to the data folder .*: it is a file, not a folder/m,
  ],
  [
    "a public address that is none",
    { PUBLIC_URL: "guildhall" },
    /^PUBLIC_URL must be the address people open/m,
  ],
])("%s stops the start with one sentence that names the setting", async (_what, env, sentence) => {
  const program = start(env);
  expect((await program.exited).code).toBe(1);
  expect(program.output()).toMatch(sentence);
  expect(program.output().trim().split("\n")).toHaveLength(2);
});

test("a data folder that cannot be is told with a database of one's own too", async () => {
  const program = start({
    GUILDHALL_DATA: "/proc/x",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/x",
  });
  expect((await program.exited).code).toBe(1);
  expect(program.output()).toMatch(/Can't write to the data folder \/proc\/x/);
});

test("a taken port and an unreachable database are said in a sentence", async () => {
  const database = await createTestDatabase();
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const onTaken = start({ DATABASE_URL: database.url, PORT: String(port) });
  expect((await onTaken.exited).code).toBe(1);
  expect(onTaken.output()).toContain(
    `Port ${port} on 127.0.0.1 is in use by another program. Stop it`,
  );
  other.close();

  const gone = new URL(database.url);
  gone.pathname = "/nowhere";
  const onNothing = start({ DATABASE_URL: gone.href });
  expect((await onNothing.exited).code).toBe(1);
  expect(onNothing.output()).toMatch(
    /Couldn't connect to the database of DATABASE_URL or DB_SERVER/,
  );
  expect(onNothing.output()).not.toContain(gone.password);
  await database.drop();
});

test("outlives its database: says that nothing was saved, and works again when it is back", async () => {
  const postgres = await startDisposablePostgres();
  const program = start({ DATABASE_URL: postgres.url });
  const url = await program.ready();
  const { data } = await call(url, "auth.register", person);
  const create = (name: string) => call(url, "workspaces.create", { name }, String(data.token));
  expect((await create("before")).status).toBe(200);

  let outage = true;
  const load = Promise.all(
    Array.from({ length: 10 }, async () => {
      const reasons = new Set<string>();
      while (outage) {
        const { reason } = await create("during");
        if (reason) reasons.add(reason);
      }
      return [...reasons];
    }),
  );
  await postgres.stop("immediate");
  await expect.poll(() => fetch(`${url}/readyz`).then((r) => r.status)).toBe(503);
  await expect.poll(async () => (await create("while down")).reason).toBe("database_unavailable");
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  outage = false;
  expect(new Set((await load).flat())).toEqual(new Set(["database_unavailable"]));

  await postgres.start();
  await expect.poll(async () => (await create("after")).status).toBe(200);
  expect(program.child.exitCode).toBeNull();
  await postgres.remove();
});
