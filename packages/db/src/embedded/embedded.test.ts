import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLines } from "../../testing/lines.ts";
import { startEmbeddedPostgres } from "./embedded.ts";
import { readPostmasterFile } from "./postmaster.ts";

let dataFolder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-embedded-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  const left = readPostmasterFile(path.join(dataFolder, "postgres"));
  if (left) process.kill(left.pid, "SIGQUIT");
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function holdInChild() {
  const program = path.join(import.meta.dirname, "../../testing/embedded-client.ts");
  const child = spawn(process.execPath, [program, dataFolder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return { child, lines: readLines(child.stdout) };
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

test("keeps data and password over a stop and a start, and listens on the loopback only", async () => {
  const first = await startEmbeddedPostgres({ dataFolder });
  await query(first.url, "create table kept (n int); insert into kept values (7)");
  expect(await query(first.url, "show listen_addresses")).toEqual([
    { listen_addresses: "127.0.0.1" },
  ]);
  await first.stop();
  const password = path.join(dataFolder, "postgres-password");
  expect(statSync(password).mode & 0o777).toBe(0o600);
  expect(readPostmasterFile(path.join(dataFolder, "postgres"))).toBeNull();

  const second = await startEmbeddedPostgres({ dataFolder });
  expect(await query(second.url, "select n from kept")).toEqual([{ n: 7 }]);
  expect(new URL(second.url).password).toBe(readFileSync(password, "utf8").trim());
  await second.stop();
});

test("a start after kill -9 stops the orphaned Postgres and finds what was committed", async () => {
  const { child, lines } = holdInChild();
  const url = await lines.until("up ");
  await query(url, "create table kept (n int); insert into kept values (7)");
  const orphan = readPostmasterFile(path.join(dataFolder, "postgres"))?.pid;
  child.kill("SIGKILL");
  await once(child, "exit");

  const log: string[] = [];
  const again = await startEmbeddedPostgres({ dataFolder, log: (message) => log.push(message) });
  expect(log).toEqual([expect.stringMatching(/left running when Guildhall was killed/)]);
  expect(readPostmasterFile(path.join(dataFolder, "postgres"))?.pid).not.toBe(orphan);
  expect(await query(again.url, "select n from kept")).toEqual([{ n: 7 }]);
  await again.stop();
});

test("a start after the whole machine went away ignores the old lock and the old pid file", async () => {
  const first = await startEmbeddedPostgres({ dataFolder });
  await first.stop();
  // Both numbers now belong to a stranger: this very process's parent.
  writeFileSync(
    path.join(dataFolder, "guildhall.lock"),
    JSON.stringify({ pid: process.ppid, born: "another boot/1" }),
  );
  writeFileSync(
    path.join(dataFolder, "postgres", "postmaster.pid"),
    `${process.ppid}\n${dataFolder}/postgres\n1\n5432\n\n127.0.0.1\n  0 0\nready\n`,
  );
  const second = await startEmbeddedPostgres({ dataFolder });
  expect(await query(second.url, "select 1 as ok")).toEqual([{ ok: 1 }]);
  await second.stop();
});

test("a second Guildhall on the same data folder is refused while the first lives", async () => {
  const { lines } = holdInChild();
  const url = await lines.until("up ");
  await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(
    /^Another Guildhall \(process \d+\) is using the data folder .+\. Stop it first/,
  );
  expect(await query(url, "select 1 as ok")).toEqual([{ ok: 1 }]);
});

test("a half-made data folder is made anew", async () => {
  const half = path.join(dataFolder, "postgres.new");
  writeFileSync(half, "initdb was killed here");
  const started = await startEmbeddedPostgres({ dataFolder });
  expect(await query(started.url, "select 1 as ok")).toEqual([{ ok: 1 }]);
  await started.stop();
});

test("a Postgres that is killed is started again on the same port", async () => {
  const log: string[] = [];
  const started = await startEmbeddedPostgres({ dataFolder, log: (message) => log.push(message) });
  await query(started.url, "create table kept (n int); insert into kept values (7)");
  process.kill(readPostmasterFile(path.join(dataFolder, "postgres"))?.pid ?? 0, "SIGKILL");
  await expect
    .poll(() => query(started.url, "select n from kept").catch(() => null))
    .toEqual([{ n: 7 }]);
  expect(log).toContain("Postgres stopped unexpectedly and is being restarted.");
  await started.stop();
});

test("what cannot work is said in one sentence", async () => {
  const file = path.join(dataFolder, "a-file");
  writeFileSync(file, "");
  await expect(startEmbeddedPostgres({ dataFolder: path.join(file, "inside") })).rejects.toThrow(
    /^Can't write to the data folder .+ GUILDHALL_DATA to another folder\.$/,
  );
  const first = await startEmbeddedPostgres({ dataFolder });
  await first.stop();
  writeFileSync(path.join(dataFolder, "postgres", "PG_VERSION"), "17\n");
  await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(
    /is from PostgreSQL 17, but this version of Guildhall includes PostgreSQL 18/,
  );
});
