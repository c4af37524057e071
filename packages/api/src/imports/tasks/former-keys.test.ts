import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, openProject, textFile } from "@guildhall/testing/imports";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const header = "Summary,Issue key,Issue id,Issue Type,Status,Created";
const row = (key: string, title: string) =>
  `${title},${key},1${key.slice(4)},Task,To Do,01/Jan/24 10:00 AM`;
const jira = (...rows: string[]) => [textFile("jira.csv", [header, ...rows].join("\n"))];

test("numbers run with the source's own, whatever its file is sorted by", async () => {
  const { owner, projectId } = await openProject(api);
  const files = jira(row("ABC-10", "Tenth"), row("ABC-9", "Ninth"), row("ABC-1", "First"));
  await importFiles(api, owner, { projectId, files });
  const named = (await allTasks(owner, projectId)).map(({ number, title }) => [number, title]);
  expect(named.sort()).toEqual([
    [1, "First"],
    [2, "Ninth"],
    [3, "Tenth"],
  ]);
});

test("a task is found by the key that it had, and opened by it, by whom may see it", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  await importFiles(api, owner, {
    projectId,
    files: jira(row("ABC-3", "Anvil"), row("ABC-12", "Bell")),
  });
  const found = async (text: string) =>
    (await owner.call.search.find({ workspaceId, text, limit: 5 })).items.map(({ id }) => id);
  const tasks = await allTasks(owner, projectId);
  const idOf = (title: string) => tasks.find((task) => task.title === title)?.id ?? "";
  expect((await found("abc-3"))[0]).toBe(idOf("Anvil"));
  expect((await found(" ABC-12 "))[0]).toBe(idOf("Bell"));
  const open = (key: string) => owner.call.tasks.getByKey({ workspaceId, key });
  expect((await open("ABC-3")).title).toBe("Anvil");
  // What is called so here is that, whatever another was called elsewhere.
  expect((await open("APP-2")).title).toBe("Bell");
  await expect(open("ABC-4")).rejects.toMatchObject({ code: "NOT_FOUND" });

  const stranger = await api.person("Stranger");
  await expect(stranger.call.tasks.getByKey({ workspaceId, key: "ABC-3" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("what was deleted is not opened by an old key", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  await importFiles(api, owner, { projectId, files: jira(row("OLD-1", "Shown")) });
  await owner.call.tasks.delete({ id: (await allTasks(owner, projectId))[0]?.id ?? "" });
  await expect(owner.call.tasks.getByKey({ workspaceId, key: "OLD-1" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
