import { createHash, randomUUID } from "node:crypto";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { startTestS3 } from "@guildhall/testing/s3";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createS3Store } from "./store/s3-store.ts";
import { sweepFiles } from "./sweep-files.ts";
import { keepContent, storeFile } from "./upload/store-file.ts";
import { receivePart } from "./upload/upload-in-parts.ts";

const { files, filePuts, fileUploads, fileObjects } = schema;

let api: TestApi;
let team: Team;
let taskId: string;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  taskId = (await team.task()).id;
});
afterAll(() => api.stop());

const store = (content: string) =>
  storeFile(
    { services: api.services, actor: { user: team.editor.user }, path: "test" },
    { name: "a.txt", place: { taskId }, content: Buffer.from(content) },
  );
async function keys() {
  const found: string[] = [];
  for await (const { key } of api.services.files.list()) found.push(key);
  return found.sort();
}
const old = (days: number) => sql`now() - ${`${days} days`}::interval`;

test("what is nobody's goes, and what is somebody's stays", async () => {
  const { db } = api.services;
  const kept = await store("kept");
  const [first, again] = [await store("twice"), await store("twice")];
  const binned = await store("in the bin for long");
  for (const { id } of [first, binned]) await team.editor.call.files.delete({ id });
  await db
    .update(files)
    .set({ deletedAt: old(31) })
    .where(eq(files.id, first.id));
  await db
    .update(files)
    .set({ deletedAt: old(31) })
    .where(eq(files.id, binned.id));
  // A worker died between the bytes and the row; another upload is between the two now.
  const orphan = await keepContent(api.services, Buffer.from("orphan"));
  const current = await keepContent(api.services, Buffer.from("current"));
  await db
    .update(filePuts)
    .set({ createdAt: old(3) })
    .where(eq(filePuts.objectId, orphan.key));
  const foreign = randomUUID();
  await api.services.files.put(
    foreign,
    (async function* () {
      yield Buffer.from("x");
    })(),
    10,
  );

  const before = await keys();
  expect(await sweepFiles(api.services)).toBe(2);
  const after = await keys();
  const rows = await db.select().from(fileObjects);
  const objectOf = new Map(rows.map(({ id, size }) => [size, id]));
  expect(after).toEqual([objectOf.get(4), objectOf.get(5), current.key, foreign].sort());
  expect(before.length - after.length).toBe(2);
  const listed = await team.viewer.call.files.list({ taskId });
  expect(listed.items.map(({ id }) => id).sort()).toEqual([kept.id, again.id].sort());
  expect(await sweepFiles(api.services)).toBe(0);
});

test("an upload that nobody goes on with is let go", async () => {
  const { db } = api.services;
  const id = randomUUID();
  const { call, user } = team.editor;
  await call.files.begin({ id, taskId, name: "a", size: 9_000_000 });
  const ctx = { services: api.services, actor: { user } } as never;
  const content = (async function* () {
    yield Buffer.alloc(9_000_000 - 8 * 1024 * 1024);
  })();
  await receivePart(ctx, { id, n: 2, content });
  expect(await sweepFiles(api.services)).toBe(0);
  await db.update(fileUploads).set({ createdAt: old(8) });
  expect(await sweepFiles(api.services)).toBe(1);
  expect(await db.select().from(fileUploads)).toEqual([]);
});

test("bytes that come to the store after their upload was called off are let go too", async () => {
  const s3 = await startTestS3();
  const store = createS3Store(s3.settings);
  const withStore = await startTestApi({}, { files: store });
  const { services } = withStore;
  const { editor, project } = await makeTeam(withStore);
  const bytes = Buffer.from("late");
  const id = randomUUID();
  const { address } = await editor.call.files.address({
    ...{ id, projectId: project.id, name: "a", size: bytes.length },
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  const [begun] = await services.db.select().from(fileUploads);
  const key = begun?.objectId ?? "";
  await editor.call.files.abandon({ id });
  const { url = "", headers = {} } = address ?? {};
  expect((await fetch(url, { method: "PUT", headers, body: bytes })).status).toBe(200);
  expect(await store.stat(key)).toEqual({ size: bytes.length });
  await services.db.update(filePuts).set({ createdAt: old(3) });
  await sweepFiles(services);
  expect(await store.stat(key)).toBeNull();
  await withStore.stop();
  await s3.stop();
});
