import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, openProject, textFile } from "@guildhall/testing/imports";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { NewTaskImport } from "../start-import.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type How = Partial<Omit<NewTaskImport, "projectId" | "fileIds">>;

async function openTable() {
  const { owner, projectId } = await openProject(api);
  const bring = async (rows: string[], how: How = {}) => {
    const files = [textFile("tasks.csv", `${rows.join("\n")}\n`)];
    const { report, error } = await importFiles(api, owner, { projectId, files, ...how });
    if (!report) throw new Error(error?.message);
    return report;
  };
  const titles = async () => (await allTasks(owner, projectId)).map(({ title }) => title);
  return { owner, projectId, bring, titles };
}

const ONE = ["ID,Title,Status,Due date,Description", "1,One,To do,2024-01-01,d", "2,Two,Done,,d"];
const OTHER = ["ID,Title,Status,Parent", "1,Buy flour,To do,", "3,Three,To do,1"];

test("ids that were seen in another file are asked about, and change nothing of it unasked", async () => {
  const { owner, projectId, bring, titles } = await openTable();
  await bring(ONE);
  const first = await allTasks(owner, projectId);
  const seen = await bring(OTHER, { dryRun: true });
  expect(seen).toMatchObject({ created: 2, updated: 0 });
  expect(seen.otherSource).toEqual({
    ids: 1,
    examples: [{ key: "1", here: "One", file: "Buy flour" }],
    answer: null,
  });
  expect(await bring(OTHER)).toMatchObject({ created: 2, updated: 0 });
  expect((await allTasks(owner, projectId)).slice(0, 2)).toEqual(first);
  expect(await titles()).toEqual(["One", "Two", "Buy flour", "Three"]);
  const [, , flour, three] = await allTasks(owner, projectId);
  expect(three?.parentId).toBe(flour?.id);

  // Each source is known by now, and its next file finds its own.
  expect(await bring([...OTHER, "4,Four,Done,3"])).toMatchObject({
    ...{ created: 1, updated: 0, unchanged: 2, otherSource: null },
  });
  const later = await bring([...ONE.slice(0, 2), "2,Two and a half,Done,,d"]);
  expect(later).toMatchObject({ created: 0, updated: 1, otherSource: null });
  expect(await titles()).toEqual(["One", "Two and a half", "Buy flour", "Three", "Four"]);
});

test("it is the same source when somebody says so", async () => {
  const { bring, titles } = await openTable();
  await bring(ONE);
  const same = await bring(OTHER, { sameSource: true });
  expect(same).toMatchObject({ created: 1, updated: 1, otherSource: { answer: "same" } });
  expect(await titles()).toEqual(["Buy flour", "Two", "Three"]);
});

test("said to be another source, even what looks the same is not touched", async () => {
  const { bring, titles } = await openTable();
  await bring(ONE);
  expect(await bring(ONE, { sameSource: false })).toMatchObject({ created: 2, updated: 0 });
  expect(await bring(ONE, { sameSource: false })).toMatchObject({ created: 0, unchanged: 2 });
  expect(await titles()).toEqual(["One", "Two", "One", "Two"]);
});

test("a source that renamed some of its tasks is not asked about", async () => {
  const { bring, titles } = await openTable();
  await bring(ONE);
  const report = await bring(["ID,Title", "1,Quite another title", "2,Two"]);
  expect(report).toMatchObject({ updated: 1, otherSource: null });
  expect(await titles()).toEqual(["Quite another title", "Two"]);
});

test("two tools that write the same columns are told apart by what their tasks are", async () => {
  const { bring } = await openTable();
  const table = (...titles: string[]) => ["ID,Title", ...titles.map((t, i) => `${i + 1},${t}`)];
  await bring(table("Axle", "Hub", "Spoke"));
  expect((await bring(table("Rye", "Oats", "Barley"))).otherSource?.ids).toBe(3);
  const dated = await openTable();
  await dated.bring(["ID,Title,Created", "1,Axle,2020-01-01"]);
  const later = await dated.bring(["ID,Title,Created", "1,Rye,2021-05-05"]);
  expect(later).toMatchObject({ created: 1, updated: 0, otherSource: { ids: 1 } });
});

test("Jira: two instances with projects of one key", async () => {
  const { owner, projectId } = await openProject(api);
  const bring = (...rows: string[]) =>
    importFiles(api, owner, {
      projectId,
      files: [textFile("j.csv", ["Issue key,Issue id,Summary,Created", ...rows, ""].join("\n"))],
    });
  await bring("AB-1,1,Axle,2020-01-01 10:00");
  const { report } = await bring("AB-1,1,Rye,2021-02-02 10:00", "AB-2,2,Oats,2021-02-02 10:00");
  expect(report).toMatchObject({ created: 2, updated: 0, otherSource: { ids: 1 } });
});
