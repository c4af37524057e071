import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invariant } from "../core/errors.ts";
import type { UploadTarget } from "./load-file.ts";
import { storeFile } from "./upload/store-file.ts";
import { loadVersion } from "./versions.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const store = (content: string, place: UploadTarget, name = "a.txt") =>
  storeFile(
    { services: api.services, actor: { user: team.editor.user }, path: "test" },
    { name, place, content: Buffer.from(content) },
  );
async function read(fileId: string, n: number) {
  const { objectId } = await loadVersion(api.services.db, fileId, n);
  return String(await buffer(invariant(await api.services.files.get(objectId), "an object")));
}

test("a file keeps its versions, and an earlier one comes back as the newest", async () => {
  const { call } = team.editor;
  const { id } = await store("one", { projectId: team.project.id }, "notes.txt");
  const changes = await team.changesOf(async () => {
    const replaced = await store("a,b\n", { replaces: id }, "table.csv");
    expect(replaced).toMatchObject({
      id,
      name: "notes.txt",
      type: "text/csv",
      size: 4,
      version: 2,
    });
  });
  expect(changes).toMatchObject([{ entity: "file", op: "update", id, row: { version: 2 } }]);
  const mutationId = randomUUID();
  const back = await call.files.restoreVersion({ id, n: 1, mutationId });
  expect(back).toMatchObject({ version: 3, type: "text/plain", size: 3 });
  expect(await call.files.restoreVersion({ id, n: 1, mutationId })).toEqual(back);
  const versions = await team.viewer.call.files.versions({ id });
  expect(versions.map(({ n, name }) => [n, name])).toEqual([
    [3, "notes.txt"],
    [2, "table.csv"],
    [1, "notes.txt"],
  ]);
  expect([await read(id, 1), await read(id, 2), await read(id, 3)]).toEqual([
    "one",
    "a,b\n",
    "one",
  ]);
  await expect(call.files.restoreVersion({ id, n: 9 })).rejects.toMatchObject({
    reason: "not_found",
  });
  await call.files.delete({ id });
  await expect(store("late", { replaces: id })).rejects.toMatchObject({ reason: "not_found" });
});

test("a list by order, kind and name, page by page", async () => {
  const project = await team.owner.call.projects.create({
    workspaceId: team.workspaceId,
    name: "Shelf",
    key: "SHE",
  });
  const projectId = project.id;
  await team.owner.call.projects.setMember({
    projectId,
    userId: team.editor.user.id,
    role: "editor",
  });
  const names = ["b.txt", "A.csv", "c 100%.txt", "d.pdf"];
  for (const [i, name] of names.entries()) {
    await store(
      `${name.endsWith("pdf") ? "%PDF-1.7" : ""}${"x".repeat(10 - i)}`,
      { projectId },
      name,
    );
  }
  type Asked = Omit<Parameters<typeof team.viewer.call.files.list>[0], "projectId">;
  async function named(asked: Asked) {
    const found: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const { items, nextCursor }: Awaited<ReturnType<typeof team.viewer.call.files.list>> =
        await team.viewer.call.files.list({ ...asked, projectId, limit: 2, cursor });
      found.push(...items.map(({ name }) => name));
      if (!nextCursor) return found;
      cursor = nextCursor;
    }
  }
  expect(await named({})).toEqual(names.toReversed());
  expect(await named({ order: "oldest" })).toEqual(names);
  expect(await named({ order: "name" })).toEqual(["A.csv", "b.txt", "c 100%.txt", "d.pdf"]);
  expect(await named({ order: "largest" })).toEqual(["d.pdf", "b.txt", "A.csv", "c 100%.txt"]);
  expect(await named({ kind: "text" })).toEqual(["c 100%.txt", "b.txt"]);
  expect(await named({ kind: "document", order: "name" })).toEqual(["d.pdf"]);
  expect(await named({ named: "0%.T" })).toEqual(["c 100%.txt"]);
});
