import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Program, startProgram } from "@guildhall/testing/program";
import { afterEach, beforeEach, expect, test } from "vitest";

let dataFolder: string;
let program: Program;

beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-run-"));
});

afterEach(() => {
  program.child.kill("SIGKILL");
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const start = () => startProgram({ GUILDHALL_DATA: dataFolder }, "scripts/run.mjs", ["start"]);
const answers = (url: string) =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );

function there(name: string): boolean {
  try {
    readFileSync(path.join(dataFolder, name));
    return true;
  } catch {
    return false;
  }
}

test("npm start says a line for each step, and stopping it stops the server and its Postgres", async () => {
  program = start();
  const url = await program.ready();
  // A line for each step that was needed, and the address; the server's log is lines of JSON here.
  const said = program
    .output()
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("{"));
  expect(said.at(-1)).toBe(`Guildhall is ready at ${url}`);
  for (const line of said.slice(0, -1)) {
    expect(line).toMatch(/^(Installing packages|Building the (page|server|client)).* … \d+ s$/);
  }
  expect((await fetch(`${url}/`, { headers: { accept: "text/html" } })).status).toBe(200);
  program.child.kill("SIGTERM");
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(await answers(url)).toBe(false);
  expect([there("guildhall.lock"), there("postgres/postmaster.pid")]).toEqual([false, false]);
});

test("nothing is orphaned when npm start is killed outright", async () => {
  program = start();
  const url = await program.ready();
  program.child.kill("SIGKILL");
  await expect.poll(() => answers(url)).toBe(false);
  await expect.poll(() => there("guildhall.lock")).toBe(false);
  expect(there("postgres/postmaster.pid")).toBe(false);
});

test.skipIf(process.platform !== "linux")(
  "nothing is orphaned when npm itself is killed outright",
  async () => {
    program = startProgram({ GUILDHALL_DATA: dataFolder }, npmFile(), ["start"]);
    const url = await program.ready();
    program.child.kill("SIGKILL");
    await expect.poll(() => answers(url)).toBe(false);
    await expect.poll(() => there("guildhall.lock")).toBe(false);
    expect(there("postgres/postmaster.pid")).toBe(false);
  },
);

/** npm's own program, run by this Node, so that the process we kill is npm and no wrapper. */
function npmFile(): string {
  const found = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  return realpathSync(found);
}
