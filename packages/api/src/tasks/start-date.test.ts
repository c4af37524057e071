/** A property's whole life on the server, of one that is nothing but a row of the tables. */
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, textFile } from "@guildhall/testing/imports";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardsOf, type UndoBoard, undo } from "../../testing/undo-boards.ts";

let api: TestApi;
let team: Team;
let board: () => Promise<UndoBoard>;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  board = boardsOf(team);
});
afterAll(() => api.stop());

const SENTENCE = "Nothing was saved: the start date can't be after the due date.";
const refused = { reason: "days_out_of_order", message: SENTENCE };
const days = { startDate: "2027-03-01", dueDate: "2027-03-05" };

test("a task begins on or before the day it is due, whichever of the two is set", async () => {
  const { editor, project } = team;
  const make = (given: object) =>
    editor.call.tasks.create({ projectId: project.id, title: "Dated", ...given });
  const { id } = await make(days);
  const update = (patch: object) => editor.call.tasks.update({ id, patch });
  await expect(make({ startDate: "2027-03-06", dueDate: "2027-03-05" })).rejects.toMatchObject(
    refused,
  );
  await expect(update({ startDate: "2027-03-06" })).rejects.toMatchObject(refused);
  await expect(update({ dueDate: "2027-02-28" })).rejects.toMatchObject(refused);
  expect(await update({ startDate: "2027-03-05", title: "One day" })).toMatchObject({
    startDate: "2027-03-05",
    title: "One day",
  });
  expect(await update({ startDate: "2027-04-01", dueDate: "2027-04-02" })).toBeTruthy();
  expect(await update({ dueDate: null })).toMatchObject({ startDate: "2027-04-01" });
  expect(await update({ startDate: "2028-01-01" })).toMatchObject({ dueDate: null });

  const other = await make({ dueDate: "2027-01-01" });
  const ids = [id, other.id];
  const many = editor.call.tasks.updateMany({ ids, patch: { startDate: "2027-02-01" } });
  await expect(many).rejects.toMatchObject(refused);
  expect(await editor.call.tasks.get({ id })).toMatchObject({ startDate: "2028-01-01" });
});

test("an undo brings it back, unless somebody has moved the due date before it since", async () => {
  const { owner, editor } = team;
  const { task, update } = await board();
  const { id } = await task("Dated");
  const dates = async () => {
    const { startDate, dueDate } = await owner.call.tasks.get({ id });
    return [startDate, dueDate];
  };
  const set = await update(owner, [id], days);
  const cleared = await update(owner, [id], { startDate: null });
  const { redo } = await undo(cleared);
  expect(await dates()).toEqual([days.startDate, days.dueDate]);
  await undo(redo);
  expect(await dates()).toEqual([null, days.dueDate]);
  await undo(set);
  expect(await dates()).toEqual([null, null]);

  await update(owner, [id], { startDate: "2027-03-01" });
  const away = await update(owner, [id], { startDate: null });
  await update(editor, [id], { dueDate: "2027-02-01" });
  expect((await undo(away)).left).toEqual([id]);
  expect(await dates()).toEqual([null, "2027-02-01"]);
});

test("an export has it, an import brings it, and what does not go with a day of here is told", async () => {
  const { owner, workspaceId } = team;
  const project = (key: string) => owner.call.projects.create({ workspaceId, name: key, key });
  const [from, to] = [await project("FROM"), await project("TO")];
  await owner.call.tasks.create({ projectId: from.id, title: "Dated", ...days });
  const { name, content } = await owner.call.exports.tasksCsv({ projectId: from.id });
  expect(content).toContain("Start date,Due date");
  const bring = async (text: string) => {
    const files = [textFile(name, text)];
    return (await importFiles(api, owner, { projectId: to.id, files })).report;
  };
  expect(await bring(content)).toMatchObject({ created: 1, problemCount: 0 });
  const [task] = await allTasks(owner, to.id);
  expect(task).toMatchObject(days);

  const id = task?.id ?? "";
  await owner.call.tasks.update({ id, patch: { dueDate: "2027-03-02" } });
  const later = content.replace("2027-03-01", "2027-03-04");
  const report = await bring(later);
  expect(report?.problems).toEqual([expect.objectContaining({ field: "dates" })]);
  expect(await owner.call.tasks.get({ id })).toMatchObject({
    startDate: "2027-03-01",
    dueDate: "2027-03-02",
  });
  // When the due date here makes room for it, the same file brings it.
  await owner.call.tasks.update({ id, patch: { dueDate: "2027-03-09" } });
  await bring(later);
  expect(await owner.call.tasks.get({ id })).toMatchObject({ startDate: "2027-03-04" });
});
