/**
 * The client in other people's hands: installed by npm from a running server into an empty folder far from
 * here, its declarations checked with all they refer to (no skipLibCheck), and used on Node 20 if there is
 * one on this system, else on the Node of these tests. What the client needs comes from a registry of
 * what is installed here, so that nothing depends on a network.
 */
import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@guildhall/api/client";
import { createTestDatabase } from "@guildhall/db/testing";
import { type Program, startProgram } from "@guildhall/testing/program";
import { startTestRegistry } from "@guildhall/testing/registry";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyPackages } from "../../../testing/copy-packages.ts";

const root = path.join(import.meta.dirname, "../../../../..");
const folder = mkdtempSync(path.join(tmpdir(), "guildhall-tool-"));
const installed = path.join(folder, "node_modules/@guildhall/api");
const tsc = path.join(root, "node_modules/typescript/bin/tsc");
const run = promisify(execFile);

let registry: Awaited<ReturnType<typeof startTestRegistry>>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: Program;
let url: string;

beforeAll(async () => {
  registry = await startTestRegistry();
  database = await createTestDatabase();
  server = startProgram({ DATABASE_URL: database.url, GUILDHALL_DATA: path.join(folder, "data") });
  url = await server.ready();
  const options = {
    strict: true,
    target: "es2022",
    module: "nodenext",
    outDir: "out",
    types: ["node"],
  };
  const files = ["tool.ts", "follow-feed.ts", "import-file.ts"];
  writeFileSync(
    path.join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module" }),
  );
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files }),
  );
  copyFileSync(
    path.join(import.meta.dirname, "../../../testing/tool.ts"),
    path.join(folder, "tool.ts"),
  );
  for (const name of files.slice(1)) {
    copyFileSync(path.join(root, "examples", name), path.join(folder, name));
  }
});

afterAll(async () => {
  server.child.kill();
  await server.exited;
  await database.drop();
  registry.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As a person does, but for where the registry is. */
const npmInstall = (...what: string[]) =>
  run("npm", ["install", "--no-audit", "--no-fund", ...what], {
    cwd: folder,
    shell: process.platform === "win32",
    env: {
      ...process.env,
      npm_config_registry: registry.url,
      npm_config_cache: path.join(folder, "npm-cache"),
    },
  });

const check = () =>
  run(process.execPath, [tsc, "-p", folder], { cwd: folder }).then(
    () => "",
    ({ stdout }) => String(stdout),
  );

/** The system's own Node 20, past the one that the lockfile puts first. */
async function node20(): Promise<string> {
  for (const place of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(place, process.platform === "win32" ? "node.exe" : "node");
    if (!existsSync(file)) continue;
    const { stdout } = await run(file, ["--version"]);
    if (stdout.startsWith("v20.")) return file;
  }
  console.log(`There is no Node 20 here: the client was run on ${process.version}.`);
  return process.execPath;
}

test("a running server gives out the client that fits it, once for all who ask", async () => {
  const given = await fetch(`${url}/client.tgz`);
  expect(given.status).toBe(200);
  expect(given.headers.get("content-type")).toBe("application/gzip");
  expect(given.headers.get("cache-control")).toBe("no-cache");
  const etag = given.headers.get("etag") ?? "";
  const again = await fetch(`${url}/client.tgz`, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  const page = await fetch(`${url}/client.tgz`, { headers: { accept: "text/html" } });
  expect(page.headers.get("content-type")).toBe("application/gzip");
  expect((await fetch(`${url}/client.tgz`, { method: "POST" })).status).toBe(405);
});

test("installed in an empty folder it needs three packages, is checked whole, and works", async () => {
  await npmInstall(`${url}/client.tgz`, "@types/node");
  const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
  expect(Object.keys(manifest.dependencies)).toEqual(["@trpc/client", "@trpc/server", "superjson"]);
  const declarations = path.join(installed, "client.d.ts");
  expect(statSync(declarations).size).toBeLessThan(300_000);
  expect(readFileSync(declarations, "utf8")).not.toMatch(/drizzle|zod|do-not-import/i);
  expect(await check()).toBe("");

  const account = { email: "olga@example.com", name: "Olga", password: "correct horse" };
  const { token } = await createClient({ url }).auth.register.mutate(account);
  const workspace = await createClient({ url, token }).workspaces.create.mutate({ name: "Mill" });
  const args = [path.join(folder, "out/tool.js"), url, token, workspace.id];
  const { stdout } = await run(await node20(), args, { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    role: "owner",
    dueDate: "2030-01-31",
    age: expect.any(Number),
    event: "task",
    refusal: "not_found",
  });
});

test("against a server that calls a field otherwise the same script does not compile", async () => {
  const renamed = path.join(folder, "renamed.tgz");
  const copy = copyPackages((text) => text.replaceAll(/\bdueDate\b/g, "dueOn"));
  try {
    await run(process.execPath, [
      path.join(copy.root, "packages/api/client-package/build.ts"),
      renamed,
    ]);
  } finally {
    copy.remove();
  }
  await npmInstall(renamed);
  expect(await check()).toMatch(/tool\.ts\(\d+,\d+\): error TS\d+: .*dueDate/);
});
