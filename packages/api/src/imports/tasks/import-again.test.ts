import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { fixture } from "@guildhall/testing/export-files";
import { allTasks, importFiles, openProject, textFile } from "@guildhall/testing/imports";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { NewTaskImport } from "../start-import.ts";
import { digest } from "./imported-fields.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type How = Partial<Omit<NewTaskImport, "projectId" | "fileIds">>;

/** A project, and what brings a table into it. */
async function openTable() {
  const { owner, projectId } = await openProject(api);
  const bring = async (rows: string[], how: How = {}) => {
    const files = [textFile("tasks.csv", `${rows.join("\n")}\n`)];
    const { report, error } = await importFiles(api, owner, { projectId, files, ...how });
    if (!report) throw new Error(error?.message);
    return report;
  };
  const firstTask = async () => {
    const [task] = await allTasks(owner, projectId);
    return owner.call.tasks.get({ id: task?.id ?? "" });
  };
  return { owner, projectId, bring, firstTask };
}

const WHOLE =
  "ID,Title,Status,Due date,Description,Priority,Labels,Estimate,Assignee,URL,Reporter,Completed";

test("a column that the file lacks says nothing: what it brought before stays, and what was set here", async () => {
  const { owner, bring, firstTask } = await openTable();
  const url = "https://example.com/1";
  await bring([
    WHOLE,
    `1,One,Done,2024-01-01,old,High,"red,wet",3,${owner.user.email},${url},Rae,2024-01-03`,
  ]);
  const before = await firstTask();
  expect(before).toMatchObject({ dueDate: "2024-01-01", estimate: 3, priority: "high" });
  const report = await bring(["ID,Title", "1,One"]);
  expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 1, conflictCount: 0 });
  expect(await firstTask()).toEqual(before);

  const patch = { dueDate: "2024-05-05", description: "Mine" };
  await owner.call.tasks.update({ id: before.id, patch });
  const kept = await firstTask();
  expect(await bring(["ID,Title", "1,One and only"])).toMatchObject({ updated: 1 });
  const { title, updatedAt, version, ...rest } = await firstTask();
  expect(title).toBe("One and only");
  expect(kept).toMatchObject(rest);
});

test("a row that ends early says nothing about the columns behind its end", async () => {
  const { bring, firstTask } = await openTable();
  await bring(["ID,Title,Priority,Description", "1,One,High,Long"]);
  await bring(["ID,Title,Priority,Description", "1,One", "2,Two,Low,Short"]);
  expect(await firstTask()).toMatchObject({ priority: "high", description: "Long" });
});

test("an empty cell is a value: what it held is taken away, unless it was changed here", async () => {
  const { bring, firstTask } = await openTable();
  await bring(["ID,Title,Due date,Description", "1,One,2024-01-01,old"]);
  await bring(["ID,Title,Due date,Description", "1,One,,"]);
  expect(await firstTask()).toMatchObject({ dueDate: null, description: "" });
});

test("of several columns for one field all have to be there", async () => {
  const { owner, projectId, bring, firstTask } = await openTable();
  await bring(["ID,Title,Labels,Components", "1,One,red,axle", "2,Two,red,"]);
  const { labelIds } = await firstTask();
  expect(labelIds).toHaveLength(2);
  const report = await bring(["ID,Title,Labels", "1,One,blue", "2,Two,blue"]);
  expect(report.problems).toMatchObject([{ field: "labels", severity: "note" }]);
  expect((await firstTask()).labelIds).toEqual(labelIds);
  const { labels } = await owner.call.projects.get({ id: projectId });
  const [, two] = await allTasks(owner, projectId);
  const blue = labels.find(({ name }) => name === "blue");
  expect(two?.labelIds).toEqual([blue?.id]);
});

const HEADER = "ID,Title,Status,Due date,Description";

async function changedOnBothSides() {
  const table = await openTable();
  const { owner, projectId, bring, firstTask } = table;
  await bring([HEADER, "1,One,To do,2024-01-01,old"]);
  const { id } = await firstTask();
  const { statuses } = await owner.call.projects.get({ id: projectId });
  const started = statuses.find(({ category }) => category === "started");
  await owner.call.tasks.update({ id, patch: { dueDate: "2024-06-06", description: "mine" } });
  await owner.call.tasks.move({ id, statusId: started?.id ?? "" });
  const theirs = [HEADER, "1,One there,Done,2024-02-02,theirs"];
  return { ...table, id, theirs, started };
}

test("what was changed here and there is shown with both values, and stays until somebody chooses", async () => {
  const { bring, firstTask, theirs, started, id } = await changedOnBothSides();
  const seen = await bring(theirs, { dryRun: true });
  expect(seen.conflictCount).toBe(3);
  expect(seen.conflicts).toEqual(
    expect.arrayContaining([
      {
        ...{ taskId: id, key: "APP-1", title: "One", field: "dueDate", take: "here" },
        ...{ here: "2024-06-06", file: "2024-02-02" },
      },
      expect.objectContaining({ field: "description", here: "mine", file: "theirs" }),
      expect.objectContaining({ field: "status", here: started?.name, file: "Done" }),
    ]),
  );
  const left = { dueDate: "2024-06-06", description: "mine", statusId: started?.id };
  expect(await bring(theirs)).toMatchObject({ updated: 1, conflictCount: 3 });
  expect(await firstTask()).toMatchObject({ ...left, title: "One there", completedAt: null });
  // Nobody chose: it is asked again, until somebody does.
  expect(await bring(theirs)).toMatchObject({ updated: 0, conflictCount: 3 });
  expect(await bring(theirs, { conflicts: { all: "here" } })).toMatchObject({ conflictCount: 3 });
  expect(await bring(theirs)).toMatchObject({ updated: 0, unchanged: 1, conflictCount: 0 });
  expect(await firstTask()).toMatchObject(left);
});

test("a person chooses field by field, or for all", async () => {
  const { bring, firstTask, theirs, started, id } = await changedOnBothSides();
  const choices = [{ taskId: id, field: "dueDate", take: "file" } as const];
  const one = await bring(theirs, { conflicts: { choices } });
  expect(one.conflicts?.map(({ field, take }) => `${field} ${take}`).sort()).toEqual([
    "description here",
    "dueDate file",
    "status here",
  ]);
  expect(await firstTask()).toMatchObject({
    ...{ dueDate: "2024-02-02", description: "mine", statusId: started?.id },
  });
  await bring(theirs, { conflicts: { all: "file" } });
  const all = await firstTask();
  expect(all).toMatchObject({ dueDate: "2024-02-02", description: "theirs" });
  expect(all.completedAt).toBeInstanceOf(Date);
  expect(await bring(theirs)).toMatchObject({ updated: 0, conflictCount: 0 });
});

test("what was changed here after the preview is not overwritten by what was chosen in it", async () => {
  const { owner, projectId, bring, firstTask, theirs, id } = await changedOnBothSides();
  await bring(theirs, { dryRun: true });
  const [preview] = await owner.call.imports.list({ projectId });
  await owner.call.tasks.update({ id, patch: { dueDate: "2024-07-07" } });
  await bring(theirs, { conflicts: { all: "file", previewId: preview?.id } });
  expect(await firstTask()).toMatchObject({ dueDate: "2024-07-07", description: "mine" });
});

test("what was done here as it was done there is no conflict", async () => {
  const { owner, bring, firstTask } = await openTable();
  await bring([HEADER, "1,One,To do,2024-01-01,old"]);
  const { id } = await firstTask();
  await owner.call.tasks.update({ id, patch: { dueDate: "2024-02-02" } });
  const report = await bring([HEADER, "1,One,To do,2024-02-02,old"]);
  expect(report).toMatchObject({ updated: 0, conflictCount: 0 });
  expect(await bring([HEADER, "1,One,To do,2024-03-03,old"])).toMatchObject({ updated: 1 });
  expect((await firstTask()).dueDate).toBe("2024-03-03");
});

test("a field that a later file brings for the first time fills what is empty here, and no more", async () => {
  const { owner, projectId, bring } = await openTable();
  await bring(["ID,Title", "1,One", "2,Two"]);
  const [one] = await allTasks(owner, projectId);
  await owner.call.tasks.update({ id: one?.id ?? "", patch: { dueDate: "2024-06-06" } });
  const report = await bring([
    "ID,Title,Due date,Status",
    "1,One,2024-01-01,Done",
    "2,Two,2024-01-01,Done",
  ]);
  expect(report.conflicts).toMatchObject([{ field: "dueDate", here: "2024-06-06" }]);
  const now = await allTasks(owner, projectId);
  expect(now.map(({ dueDate }) => dueDate)).toEqual(["2024-06-06", "2024-01-01"]);
  expect(now.every(({ completedAt }) => completedAt)).toBe(true);
});

/** As the version before kept them: every field, the status and its date as one. */
async function asBefore(person: TestPerson, projectId: string, status: [string, Date | null]) {
  for (const { id } of await allTasks(person, projectId)) {
    const [row] = await api.services.db.select().from(schema.tasks).where(eq(schema.tasks.id, id));
    const {
      title = "",
      description = "",
      priority = "",
      dueDate = "",
      estimate = "",
      source = "",
    } = row?.sourceFields ?? {};
    const none = { archivedAt: digest(null), parent: digest(null), blockedBy: digest([]) };
    const kept = { title, description, priority, dueDate, estimate, source };
    const lists = { assignees: digest([]), labels: digest([]) };
    const sourceFields = { ...kept, ...none, ...lists, status: digest(status) };
    await api.services.db.update(schema.tasks).set({ sourceFields }).where(eq(schema.tasks.id, id));
  }
}

test("what the version before noted of a source still tells what changed there and here", async () => {
  const { owner, projectId, bring, firstTask } = await openTable();
  const header = "ID,Title,Status,Due date,Description,Priority,Estimate,Completed";
  const row = (title: string, status: string, due: string, completed = "") =>
    `1,${title},${status},${due},old,High,3,${completed}`;
  await bring([header, row("One", "Done", "2024-01-01", "2024-01-03T10:00:00Z")]);
  await asBefore(owner, projectId, ["done", new Date("2024-01-03T10:00:00Z")]);
  const before = await firstTask();
  expect(await bring(["ID,Title,Status", "1,One,Done"])).toMatchObject({
    updated: 0,
    unchanged: 1,
  });
  const same = await bring([header, row("One", "Done", "2024-01-01", "2024-01-03T10:00:00Z")]);
  expect(same).toMatchObject({ updated: 0, unchanged: 1, conflictCount: 0 });
  await owner.call.tasks.update({ id: before.id, patch: { dueDate: "2024-06-06" } });
  const report = await bring([header, row("One there", "To do", "2024-02-02")]);
  expect(report.conflicts).toMatchObject([{ field: "dueDate", file: "2024-02-02" }]);
  expect(await firstTask()).toMatchObject({ title: "One there", completedAt: null });
});

test("a status that was changed here before the upgrade is a conflict with one changed there", async () => {
  const { owner, projectId, bring, firstTask } = await openTable();
  await bring(["ID,Title,Status", "1,One,To do"]);
  await asBefore(owner, projectId, ["to do", null]);
  const { statuses } = await owner.call.projects.get({ id: projectId });
  const statusId = statuses.find(({ category }) => category === "started")?.id ?? "";
  await owner.call.tasks.move({ id: (await firstTask()).id, statusId });
  const report = await bring(["ID,Title,Status", "1,One,Done"]);
  expect(report.conflicts).toMatchObject([{ field: "status", file: "Done" }]);
  expect((await firstTask()).statusId).toBe(statusId);
});

const json = (name: string, value: unknown) => textFile(name, JSON.stringify(value));

test("GitHub: a list that was asked for a few fields changes no others", async () => {
  const { owner, projectId } = await openProject(api);
  const issue = {
    number: 1,
    title: "Wheel",
    body: "It creaks.",
    state: "closed",
    closedAt: "2020-01-03T00:00:00Z",
    labels: [{ name: "wood", color: "aabbcc" }],
    assignees: [{ login: "miller" }],
    author: { login: "ada" },
    url: "https://github.com/mill/wheel/issues/1",
  };
  const bring = async (value: unknown) =>
    (await importFiles(api, owner, { projectId, files: [json("issues.json", [value])] })).report;
  await bring(issue);
  const [before] = await allTasks(owner, projectId);
  const full = await owner.call.tasks.get({ id: before?.id ?? "" });
  const { number, title, url } = issue;
  expect(await bring({ number, title, url })).toMatchObject({ unchanged: 1, conflictCount: 0 });
  expect(await owner.call.tasks.get({ id: full.id })).toEqual(full);
  await bring({ number, title: "Wheel of oak", url, state: "open" });
  const now = await owner.call.tasks.get({ id: full.id });
  expect(now).toMatchObject({ title: "Wheel of oak", completedAt: null, labelIds: full.labelIds });
  expect(now.description).toBe("It creaks.");
  // Moved here, and again there: a conflict, though "Open" and "Closed" are no columns here.
  const { statuses } = await owner.call.projects.get({ id: projectId });
  const statusId = statuses.find(({ category }) => category === "started")?.id ?? "";
  await owner.call.tasks.move({ id: full.id, statusId });
  const closed = await bring({ number, title, url, state: "closed" });
  expect(closed?.conflicts).toMatchObject([{ field: "status", file: "Closed" }]);
  expect((await owner.call.tasks.get({ id: full.id })).statusId).toBe(statusId);
});

test("Jira and Trello: columns and keys that the file lacks change nothing", async () => {
  const { owner, projectId } = await openProject(api);
  const bring = (name: string, text: string) =>
    importFiles(api, owner, { projectId, files: [textFile(name, text)] });
  const jira =
    "Issue key,Issue id,Summary,Status,Priority,Description,Environment,Labels,Due date,Resolved";
  await bring(
    "j.csv",
    `${jira}\nAB-1,1,Wheel,Done,High,It creaks,Mill,wood,2024-01-01,2024-01-02\n`,
  );
  const [task] = await allTasks(owner, projectId);
  const id = task?.id ?? "";
  const before = await owner.call.tasks.get({ id });
  expect(before.description).toContain("Environment");
  const less = await bring(
    "j.csv",
    "Issue key,Issue id,Summary,Description\nAB-1,1,Wheel,It creaks\n",
  );
  expect(less.report).toMatchObject({ updated: 0, problems: [{ field: "description" }] });
  expect(await owner.call.tasks.get({ id })).toEqual(before);

  const [file] = fixture("trello-board.json");
  const board = JSON.parse(new TextDecoder().decode(file?.bytes)) as {
    cards: Record<string, unknown>[];
    checklists?: unknown;
  };
  const other = await openProject(api);
  const bringBoard = (value: unknown) =>
    importFiles(api, other.owner, {
      projectId: other.projectId,
      files: [json("board.json", value)],
    });
  await bringBoard(board);
  const cards = await allTasks(other.owner, other.projectId);
  const { checklists, ...rest } = board;
  const few = rest.cards.map(({ id, name, idShort, idList }) => ({ id, name, idShort, idList }));
  const again = await bringBoard({ ...rest, cards: few });
  expect(again.report).toMatchObject({ created: 0, updated: 0, conflictCount: 0 });
  expect(await allTasks(other.owner, other.projectId)).toEqual(cards);
});
