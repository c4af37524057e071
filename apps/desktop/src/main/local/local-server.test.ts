import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Program, startProgram } from "@guildhall/testing/program";
import { utilityProcess } from "electron";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageServer } from "../../../packaging/stage-server.ts";
import { startElectron } from "../../../testing/electron/control.ts";
import type { LocalState, MoveProgress } from "../../shared/local.ts";
import type { Fork, Forked } from "./local-options.ts";
import { openLocalServer } from "./local-server.ts";
import { moveToServer } from "./move-to-server.ts";
import { signInOwner } from "./owner.ts";
import { openApi } from "./server-api.ts";

/** What is packed, and nothing else: a folder of its own, far from the packages of this repository. */
const program = mkdtempSync(join(tmpdir(), "guildhall-program-"));
const folder = mkdtempSync(join(tmpdir(), "guildhall-local-"));
const states: LocalState[] = [];
const children: (Forked & { pid?: number })[] = [];
const fork: Fork = (...given) => {
  const child = utilityProcess.fork(...given) as unknown as Forked & { pid?: number };
  children.push(child);
  return child;
};
const open = (version: string) =>
  openLocalServer({ fork, program, folder, version, onState: (state) => states.push(state) });

let local = open("1.0.0");
let megabytes: { server: number; database: number };
let other: Program;
beforeAll(async () => {
  await startElectron();
  megabytes = stageServer(program);
});
afterAll(async () => {
  await local.stop();
  other?.child.kill("SIGTERM");
  await other?.exited;
  for (const each of [program, folder]) await rm(each, { recursive: true, force: true });
});

const signIn = async (url: string) => {
  const token = await signInOwner({ url, folder, name: "Ann", fetch });
  return { url, token, fetch, api: openApi({ url, token, fetch }) };
};

async function put(at: { url: string; token: string }, taskId: string, content: string) {
  const query = new URLSearchParams({ taskId, name: "plan.txt" });
  const answer = await fetch(`${at.url}/files/${crypto.randomUUID()}?${query}`, {
    ...{ method: "PUT", body: content },
    headers: { authorization: `Bearer ${at.token}` },
  });
  expect(answer.status).toBe(201);
}

/** All that a person would see of it. */
async function contents(
  { api, url, token }: Awaited<ReturnType<typeof signIn>>,
  workspaceId: string,
) {
  const [project] = await api.projects.list.query({ workspaceId });
  const projectId = project?.id ?? "";
  const { items } = await api.tasks.list.query({ projectId });
  const files = await Promise.all(
    items.map(async ({ id }) => {
      const { items: listed } = await api.files.list.query({ taskId: id });
      return Promise.all(
        listed.map(async (file) => {
          const headers = { authorization: `Bearer ${token}` };
          return (await fetch(`${url}/files/${file.id}`, { headers })).text();
        }),
      );
    }),
  );
  return items.map(({ key, title }, n) => ({ key, title, files: files[n] }));
}

test("it starts with what the app brings, and is as it was after it is killed, stopped and upgraded", async () => {
  // How much the app grows by it; who packs more notices.
  expect(megabytes.server).toBeLessThan(80);
  expect(megabytes.database).toBeLessThan(80);

  const here = await signIn(await local.start());
  const { id: workspaceId } = await here.api.workspaces.create.mutate({ name: "Home" });
  const named = { workspaceId, name: "House", key: "HOUSE" };
  const { id: projectId } = await here.api.projects.create.mutate(named);
  const { id } = await here.api.tasks.create.mutate({ projectId, title: "Paint the door" });
  await here.api.tasks.create.mutate({ projectId, title: "Mend the roof" });
  await put(here, id, "Blue. ".repeat(100_000));
  const before = await contents(here, workspaceId);
  expect(before).toHaveLength(2);

  // Nobody else makes an account on it.
  const stranger = openApi({ ...here, token: null });
  const account = { email: "eve@example.com", password: "correct horse battery" };
  await expect(stranger.auth.register.mutate(account)).rejects.toThrow();
  const foreign = await fetch(`${here.url}/trpc/auth.registration`, {
    headers: { origin: "https://evil.example" },
  });
  expect(foreign.headers.get("access-control-allow-origin")).toBeNull();

  // Killed with its Postgres left behind: started again, at the same address.
  process.kill(children.at(-1)?.pid ?? 0, "SIGKILL");
  await expect.poll(() => states.map(({ kind }) => kind)).toContain("restarting");
  await expect.poll(() => states.at(-1)?.kind).toBe("running");
  expect(local.url()).toBe(here.url);
  expect(await contents(here, workspaceId)).toEqual(before);

  await local.stop();
  expect(existsSync(join(folder, "postgres", "postmaster.pid"))).toBe(false);

  // Another version of the app keeps all of it as it was first.
  local = open("1.1.0");
  const later = await signIn(await local.start());
  expect(states.map(({ kind }) => kind)).toContain("backing-up");
  expect(readdirSync(join(folder, "backups"))).toHaveLength(1);
  expect(await contents(later, workspaceId)).toEqual(before);

  // And it moves to a server, whole.
  const target = mkdtempSync(join(tmpdir(), "guildhall-target-"));
  other = startProgram({ GUILDHALL_DATA: target });
  const url = await other.ready();
  const person = { email: "ann@example.com", password: "correct horse battery" };
  await openApi({ url, token: null, fetch }).auth.register.mutate(person);
  const { token } = await openApi({ url, token: null, fetch }).auth.login.mutate(person);
  const to = { url, token: token ?? "", fetch };
  const told: MoveProgress[] = [];
  const moved = await moveToServer({
    from: later,
    to,
    folder,
    onProgress: (each) => told.push(each),
  });
  expect(moved).toMatchObject([
    { name: "Home", counts: { projects: 1, tasks: 2, files: 1 }, bytes: 600_000 },
  ]);
  expect(new Set(told.map(({ step }) => step))).toEqual(
    new Set(["exporting", "uploading", "importing"]),
  );
  const there = { ...to, api: openApi(to) };
  const [workspace] = await there.api.workspaces.list.query();
  expect(workspace).toMatchObject({ id: moved[0]?.id, name: "Home", role: "owner" });
  expect(await contents(there, moved[0]?.id ?? "")).toEqual(before);
  // Whoever moved it is who did it all.
  const [project] = await there.api.projects.list.query({ workspaceId: moved[0]?.id ?? "" });
  const { items } = await there.api.tasks.list.query({ projectId: project?.id ?? "" });
  const me = await there.api.auth.me.query();
  expect(items.map(({ createdBy }) => createdBy)).toEqual([me.id, me.id]);
  // What is here stays until its person removes it.
  expect(await contents(later, workspaceId)).toEqual(before);
  expect(readdirSync(folder).filter((name) => name.startsWith("moving-"))).toEqual([]);
});

test("what keeps it from starting is said in words, and nothing is changed", async () => {
  await local.stop();
  const noted = join(folder, "postgres", "PG_VERSION");
  const version = readFileSync(noted, "utf8");
  writeFileSync(noted, "99\n");
  const older = open("1.1.0");
  await expect(older.start()).rejects.toThrow("is from PostgreSQL 99");
  expect(states.at(-1)).toMatchObject({ kind: "failed" });
  writeFileSync(noted, version);
  await older.start();
  await older.stop();
});
