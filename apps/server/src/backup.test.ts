import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
const started: Program[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "backup-"));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map(stop));
  rmSync(folder, { recursive: true });
});

const dataFolder = (name: string) => ({ GUILDHALL_DATA: path.join(folder, name) });

function start(name: string) {
  const program = startProgram(dataFolder(name));
  started.push(program);
  return program;
}

async function stop({ child, exited }: Program) {
  child.kill("SIGTERM");
  await exited;
}

/** Runs a command to its end: what it said, and its exit code. */
async function run(command: "backup" | "restore", name: string, args: string[]) {
  const program = startProgram(dataFolder(name), `apps/server/src/${command}.ts`, args);
  const { code } = await program.exited;
  return { code, said: program.output() };
}

async function ask(url: string, procedure: string, input: object, token: string) {
  const query = encodeURIComponent(JSON.stringify({ json: input }));
  const response = await fetch(`${url}/trpc/${procedure}?input=${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const answer = (await response.json()) as {
    result?: { data: { json: Record<string, unknown> } };
  };
  return { status: response.status, data: answer.result?.data.json ?? {} };
}

test("a running server is backed up, and another goes on from there: people sign in, clients read afresh", async () => {
  const account = { email: "olga@example.org", password: "correct horse", name: "Olga" };
  const old = start("old");
  const oldUrl = await old.ready();
  const { data: signedUp } = await call(oldUrl, "auth.register", account);
  const oldToken = String(signedUp.token);
  const { data: workspace } = await call(oldUrl, "workspaces.create", { name: "Mill" }, oldToken);
  const workspaceId = String(workspace.id);
  const { data: open } = await ask(oldUrl, "workspaces.open", { workspaceId }, oldToken);
  const { data: made } = await call(
    oldUrl,
    "tokens.create",
    { name: "Script", scope: "read", days: 1 },
    oldToken,
  );

  const file = path.join(folder, "guildhall.backup");
  expect(await run("backup", "old", [file])).toMatchObject({
    code: 0,
    said: expect.stringMatching(
      /^Backed up \d+ rows and 1 file into .*guildhall\.backup \(\d+ kB\)/,
    ),
  });
  // The page Health knows of it from the audit log.
  const { data: health } = await ask(oldUrl, "instance.health", {}, oldToken);
  expect(health.lastBackup).toMatchObject({ files: 1, bytes: statSync(file).size });
  const inUse = await run("restore", "old", [file, "--replace"]);
  expect(inUse).toMatchObject({
    code: 1,
    said: expect.stringMatching(/Another Guildhall \(process/),
  });
  expect((await ask(oldUrl, "workspaces.open", { workspaceId }, oldToken)).status).toBe(200);

  expect(await run("restore", "new", [file])).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^Restored \d+ rows and 1 file as of /),
  });
  const newUrl = await start("new").ready();
  expect((await ask(newUrl, "workspaces.open", { workspaceId }, oldToken)).status).toBe(401);
  const { data: signedIn } = await call(newUrl, "auth.login", account);
  const token = String(signedIn.token);
  const since = await ask(
    newUrl,
    "changes.since",
    { workspaceId, seq: open.seq, epoch: open.epoch },
    token,
  );
  expect(since.data).toMatchObject({ reset: true });
  expect(since.data.epoch).not.toBe(open.epoch);
  // Signed with the secret that came along.
  const byTool = await ask(newUrl, "workspaces.open", { workspaceId }, String(made.token));
  expect(byTool.data).toMatchObject({ seq: open.seq });
});

test("a server that is stopped is backed up too, and a second restore needs to be meant", async () => {
  const server = start("old");
  await server.ready();
  await stop(server);
  const file = path.join(folder, "guildhall.backup");
  expect(await run("backup", "old", [file])).toMatchObject({ code: 0 });
  const url = await start("old").ready();
  await call(url, "auth.register", {
    email: "olga@example.org",
    password: "correct horse",
    name: "Olga",
  });
  await Promise.all(started.splice(0).map(stop));
  const refused = await run("restore", "old", [file]);
  expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/add --replace/) });
  expect(await run("restore", "old", [file, "--replace"])).toMatchObject({ code: 0 });
});

test("nothing is made where there is nothing, and a slip of the keyboard is explained", async () => {
  const file = path.join(folder, "guildhall.backup");
  const nobody = await run("backup", "none", [file]);
  expect(nobody).toMatchObject({
    code: 1,
    said: expect.stringMatching(/There is no Guildhall data in/),
  });
  expect(await run("backup", "none", [])).toMatchObject({
    code: 1,
    said: "Couldn't create the backup.\nGive one file: npm run backup -- <file>\n",
  });
  expect(await run("restore", "none", [file])).toMatchObject({
    code: 1,
    said: expect.stringMatching(/There is no file/),
  });
  expect(() => readFileSync(path.join(folder, "none"))).toThrow(/ENOENT/);
});
