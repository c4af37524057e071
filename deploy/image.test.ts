/** The image without a container: what it would hold, alone in a folder, started as its CMD says. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestDatabase } from "@guildhall/db/testing";
import { call, startProgram } from "@guildhall/testing/program";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const dockerfile = readFileSync(path.join(import.meta.dirname, "Dockerfile"), "utf8");
const steps = dockerfile.replaceAll(/\\\n/g, " ").split("\n");
const argsOf = (word: string): string[] =>
  steps.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
const commandIn = (line = ""): string[] => JSON.parse(line.slice(line.indexOf("[")));

let image: string;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  image = mkdtempSync(path.join(tmpdir(), "guildhall-image-"));
  database = await createTestDatabase({ empty: true });
  execFileSync(process.execPath, ["scripts/run.mjs", "build"], {
    cwd: root,
    // Not the test's own: with "test" the page is one for developers, without its service worker.
    env: { ...process.env, NODE_ENV: "production" },
  });
  execFileSync(process.execPath, ["deploy/collect-image.mjs", image], { cwd: root });
});
afterAll(async () => {
  rmSync(image, { recursive: true, force: true });
  await database.drop();
});

test("the Dockerfile copies only what exists, and ends as somebody who is not root", () => {
  const sources = argsOf("COPY").filter((line) => !line.startsWith("--from"));
  expect(sources).toEqual([". ."]);
  expect(dockerfile).toContain("node deploy/collect-image.mjs /image");
  expect(existsSync(path.join(root, "deploy/collect-image.mjs"))).toBe(true);
  expect(argsOf("USER")).toEqual(["node"]);
  // Every version by its number: the same file builds the same thing next year.
  for (const from of argsOf("FROM")) expect(from).toMatch(/^node:24\.\d+\.\d+(-slim)?( AS \w+)?$/);
});

test("the folder of the image migrates an empty database, serves the page, takes a person in and backs up", async () => {
  const [node, flag, file = ""] = commandIn(argsOf("CMD").at(-1));
  expect([node, flag]).toEqual(["node", "--enable-source-maps"]);
  const env = { DATABASE_URL: database.url, JWT_SECRET: "x".repeat(48) };
  const program = startProgram(env, path.join(image, file));
  try {
    const url = await program.ready();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const page = await fetch(`${url}/`, { headers: { accept: "text/html" } });
    expect(page.status).toBe(200);
    const [, script = ""] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
    expect((await fetch(url + script)).status).toBe(200);
    const account = { email: "ann@example.org", name: "Ann", password: "correct horse" };
    expect(await call(url, "auth.register", account)).toMatchObject({ status: 200 });
    expect(healthcheck(new URL(url).port)).toBe(0);
    const backup = path.join(image, "today.backup");
    const command = path.join(image, "apps/server/dist/backup.js");
    execFileSync(process.execPath, [command, backup], { env: { ...process.env, ...env } });
    expect(existsSync(backup)).toBe(true);
    program.child.kill("SIGTERM");
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(healthcheck(new URL(url).port)).toBe(1);
  } finally {
    program.child.kill("SIGKILL");
  }
});

/** The very command of the Dockerfile; docker runs it in the container. */
function healthcheck(port: string): number | null {
  const [, ...args] = commandIn(steps.find((line) => line.startsWith("HEALTHCHECK")));
  return spawnSync(process.execPath, args, { env: { PORT: port } }).status;
}
