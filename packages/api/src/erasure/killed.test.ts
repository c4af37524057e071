/** Erasing goes on where a process that was killed by the system left it, as often as that happens. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rowsWith, stored } from "../../testing/erased.ts";
import { makeWorld } from "../../testing/world.ts";
import { createFolderStore } from "../files/store/folder-store.ts";
import { sweepFiles } from "../files/sweep-files.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../../testing/erase-in-process.ts");
const FROM_SOURCE = path.resolve(import.meta.dirname, "../../../../scripts/from-source.mjs");
/** Each has a process more. */
const KILLS = 3;

let api: TestApi;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "guildhall-killed-"));
  api = await startTestApi({}, { files: createFolderStore(folder) });
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

async function databaseUrl() {
  const [row] = await api.services.db.execute<{ name: string }>(
    sql`select current_database() as name`,
  );
  const url = new URL(String(process.env.GUILDHALL_TEST_POSTGRES));
  url.pathname = `/${row?.name}`;
  return url.href;
}

/** Killed in the middle of what comes after so many steps; null: left alone. True when it came to its end. */
async function erase(id: string, stepsUntilKilled: number | null): Promise<boolean> {
  const env = { ...process.env, DATABASE_URL: await databaseUrl(), FILES: folder, ID: id };
  const child = spawn(process.execPath, ["--import", FROM_SOURCE, PROGRAM], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let steps = 0;
  for await (const line of createInterface(child.stdout)) {
    if (line === "over") break;
    if (++steps === stepsUntilKilled) child.kill("SIGKILL");
  }
  const [code] = await exited;
  return code === 0;
}

async function settle() {
  const owner = await api.person("Olga");
  const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
  const world = await makeWorld(api, { owner, workspaceId });
  const ids = [world.projectId, await world.file(), await world.task(), await world.comment()];
  for (let n = 0; n < 5; n++) ids.push(await world.file(), await world.document());
  const { documentId, versionId } = await world.documentVersion();
  return { owner, workspaceId, projectId: world.projectId, ids: [...ids, documentId, versionId] };
}

const longAgo = sql`now() - interval '15 days'`;

async function killedAgainAndAgain(id: string) {
  for (let kills = 0; kills < KILLS; kills++) await erase(id, 1 + 4 * kills);
  expect(await erase(id, null)).toBe(true);
  const { filePuts } = schema;
  await api.services.db.update(filePuts).set({ createdAt: longAgo });
  await sweepFiles(api.services);
}

test("a workspace", async () => {
  const { owner, workspaceId, ids } = await settle();
  const { workspaces } = schema;
  await owner.call.workspaces.delete({ workspaceId, name: "Mill" });
  const where = eq(workspaces.id, workspaceId);
  await api.services.db.update(workspaces).set({ deletedAt: longAgo }).where(where);
  await killedAgainAndAgain(workspaceId);
  await expect.poll(() => rowsWith(api, [workspaceId, ...ids])).toEqual({});
  expect([...(await stored(createFolderStore(folder)))]).toEqual([]);
}, 120_000);

test("a project", async () => {
  const { owner, projectId, ids } = await settle();
  const { projects } = schema;
  await owner.call.projects.delete({ id: projectId, name: "App" });
  const where = eq(projects.id, projectId);
  await api.services.db.update(projects).set({ deletedAt: longAgo }).where(where);
  await killedAgainAndAgain(projectId);
  // Of the feed the one row that says it is gone.
  await expect.poll(() => rowsWith(api, ids)).toEqual({ changes: 1 });
  expect([...(await stored(createFolderStore(folder)))]).toEqual([]);
}, 120_000);
