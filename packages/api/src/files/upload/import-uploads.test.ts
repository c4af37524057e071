import { randomBytes, randomUUID } from "node:crypto";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { textFile } from "@guildhall/testing/imports";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sweepFiles } from "../sweep-files.ts";
import { receivePart } from "./upload-in-parts.ts";

const GB = 1024 ** 3;
let api: TestApi;
let team: Team;
beforeAll(async () => {
  // So little that no file has room: what is to be imported counts for its sender alone.
  api = await startTestApi({ fixedSettings: { workspaceFilesGb: 1e-9 } });
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const tasks = textFile("tasks.csv", "Title\nOil the wheel\n");
const stored = async () => {
  const found: string[] = [];
  for await (const { key } of api.services.files.list()) found.push(key);
  return found;
};

test("an upload for an import is its sender's alone, no file, and gone a day later", async () => {
  const { editor, owner, workspaceId, project } = team;
  const id = await editor.upload(workspaceId, tasks);
  expect(await editor.call.imports.preview({ fileIds: [id] })).toMatchObject({ tasks: 1 });
  await expect(owner.call.imports.preview({ fileIds: [id] })).rejects.toEqual(reason("not_found"));
  await expect(editor.call.files.get({ id })).rejects.toEqual(reason("not_found"));
  expect((await editor.call.files.list({ projectId: project.id })).items).toEqual([]);
  await expect(team.stranger.upload(workspaceId, tasks)).rejects.toEqual(reason("not_found"));

  expect(await sweepFiles(api.services)).toBe(0);
  const { fileUploads } = schema;
  await api.services.db
    .update(fileUploads)
    .set({ finishedAt: sql`now() - interval '25 hours'` })
    .where(eq(fileUploads.id, id));
  expect(await sweepFiles(api.services)).toBe(1);
  expect(await stored()).toEqual([]);
  await expect(editor.call.imports.preview({ fileIds: [id] })).rejects.toEqual(reason("not_found"));
});

test("it comes in parts, in any order, and each step may be repeated", async () => {
  const { editor, workspaceId } = team;
  const id = randomUUID();
  const bytes = Buffer.from(`Title\n${randomBytes(5 * 1024 ** 2).toString("hex")}\n`);
  const about = { id, forImport: workspaceId, name: "tasks.csv", size: bytes.length };
  const { partBytes, done } = await editor.call.files.begin(about);
  expect(done).toEqual([]);
  const ctx = { services: api.services, actor: { user: editor.user } } as never;
  for (const n of [2, 1]) {
    const part = bytes.subarray((n - 1) * partBytes, n * partBytes);
    await receivePart(ctx, { id, n, content: new Blob([part]).stream() });
  }
  expect((await editor.call.files.begin(about)).done).toEqual([1, 2]);
  const file = await editor.call.files.finish({ id });
  expect(file).toEqual({ id, name: "tasks.csv", size: bytes.length });
  expect(await editor.call.files.finish({ id })).toEqual(file);
  expect(await editor.call.files.begin(about)).toMatchObject({ file });
  expect(await editor.call.imports.preview({ fileIds: [id] })).toMatchObject({ format: "csv" });
  await editor.call.files.abandon({ id });
  expect(await stored()).toEqual([]);
});

test("of one person there are 10 GB at most", async () => {
  const { editor, owner, workspaceId } = team;
  const begin = (person: typeof editor) =>
    person.call.files.begin({
      ...{ id: randomUUID(), forImport: workspaceId, name: "a.zip", size: 5 * GB },
    });
  const begun = await Promise.allSettled([begin(editor), begin(editor), begin(editor)]);
  const refused = begun.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(refused).toEqual([reason("too_many_uploads")]);
  await begin(owner);
});

test("a file of tasks that is larger than can be read is refused with a sentence", async () => {
  const { editor, workspaceId } = team;
  const id = randomUUID();
  const { fileUploads } = schema;
  await api.services.db.insert(fileUploads).values({
    ...{ id, workspaceId, forImport: workspaceId, name: "all.json", size: 5 * GB, upload: "" },
    ...{ objectId: randomUUID(), createdBy: editor.user.id, finishedAt: new Date() },
  });
  await expect(editor.call.imports.preview({ fileIds: [id] })).rejects.toMatchObject({
    reason: "file_too_large",
    message: expect.stringContaining("larger than 256 MB"),
  });
});
