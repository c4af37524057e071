import { randomUUID } from "node:crypto";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { importDocuments, wholeTree, zipOf } from "@guildhall/testing/document-imports";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeFile } from "./store-file.ts";

const MOST = 10_000;
let api: TestApi;
let team: Team;
let taskId: string;
beforeAll(async () => {
  api = await startTestApi({ fixedSettings: { workspaceFilesGb: MOST / 1e9 } });
  team = await makeTeam(api);
  taskId = (await team.task()).id;
});
afterAll(() => api.stop());

const full = expect.objectContaining({ reason: "quota_exceeded" });
const store = (content: Buffer) =>
  storeFile(
    { services: api.services, actor: { user: team.editor.user }, path: "test" },
    { name: "a.bin", place: { taskId }, content },
  );
const kept = async () => {
  let bytes = 0;
  for await (const { size } of api.services.files.list()) bytes += size;
  return bytes;
};

test("a workspace that is full says so before anything is sent", async () => {
  const begin = (size: number) =>
    team.editor.call.files.begin({ id: randomUUID(), taskId, name: "a", size });
  await expect(begin(MOST + 1)).rejects.toEqual(full);
  await begin(MOST);
});

test("an import of documents is bound by it too, and brings nothing", async () => {
  const bytes = zipOf({ "a.md": "![x](x.bin)", "x.bin": Buffer.alloc(MOST + 1, "x") });
  const { workspaceId } = team;
  const ended = await importDocuments(team.editor, "a.zip", bytes, { workspaceId });
  expect([ended.state, ended.error]).toEqual(["failed", full]);
  expect(await wholeTree(team.editor, workspaceId)).toEqual([]);
});

test("those who come at once do not pass it together, and nothing of the refused is left", async () => {
  const before = await kept();
  const size = 0.4 * MOST;
  const sent = Array.from({ length: 6 }, (_, n) => store(Buffer.alloc(size, String(n))));
  const ended = await Promise.allSettled(sent);
  const refused = ended.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toEqual([full, full, full, full]);
  expect((await kept()) - before).toBe(2 * size);
});
