import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardsOf, type UndoBoard, undo } from "../../../testing/undo-boards.ts";
import { storeFile } from "../../files/upload/store-file.ts";

let api: TestApi;
let team: Team;
let board: () => Promise<UndoBoard>;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  board = boardsOf(team);
});
afterAll(() => api.stop());

const attach = ({ user }: TestPerson, place: { taskId: string }) =>
  storeFile(
    { services: api.services, actor: { user }, path: "files.upload" },
    { name: "a.txt", place, content: Buffer.from("A file.") },
  );

test("a status set for many comes back with every card in its place, and redone as it was", async () => {
  const { owner } = team;
  const { state, task, update, statusOf } = await board();
  const made = [await task("a"), await task("b"), await task("c"), await task("d")];
  const ids = made.slice(0, 3).map(({ id }) => id);
  const before = await state();
  const done = await update(owner, ids, { statusId: statusOf("completed") });
  const after = await state();
  const { redo, left } = await undo(done);
  expect(await state()).toEqual(before);
  expect(left).toEqual([]);
  const again = await undo(redo);
  expect(await state()).toEqual(after);
  await undo(again.redo);
  expect(await state()).toEqual(before);
});

test("what was archived stays archived when its deletion is undone, by undo and by restore", async () => {
  const { owner } = team;
  const { state, task, act } = await board();
  const { id } = await task("Old");
  await owner.call.tasks.archive({ id });
  const before = await state();
  const remove = () =>
    act(owner, [id], (mutationId) => owner.call.tasks.deleteMany({ ids: [id], mutationId }));
  const { redo } = await undo(await remove());
  expect(await state()).toEqual(before);
  const again = await undo(redo);
  expect(again).toMatchObject({ tasks: [], deletedIds: [id] });
  await owner.call.tasks.restore({ id });
  expect(await state()).toEqual(before);
  // Archived a second time among others: its own moment comes back.
  const archive = await act(owner, [id], (mutationId) =>
    owner.call.tasks.archiveMany({ ids: [id], mutationId }),
  );
  await undo(archive);
  expect(await state()).toEqual(before);
});

test("the moment of completion comes back, and a new task goes and comes with its number", async () => {
  const { owner } = team;
  const { projectId, state, task, act, update, statusOf } = await board();
  const { id } = await task("Done long ago", { statusId: statusOf("completed") });
  const before = await state();
  await undo(await update(owner, [id], { statusId: statusOf("started") }));
  expect(await state()).toEqual(before);
  const newId = uuidv7();
  const created = await act(owner, [newId], (mutationId) =>
    owner.call.tasks.create({ projectId, id: newId, title: "New", mutationId }),
  );
  const after = await state();
  const { redo } = await undo(created);
  expect(await state()).toEqual(before);
  await undo(redo);
  expect(await state()).toEqual(after);
});

test("what somebody else has changed since stays, and is told; the rest goes back", async () => {
  const { owner, editor } = team;
  const { state, task, update, statusOf, label } = await board();
  const { id } = await task("Plan");
  const [bug, ui] = [await label("bug"), await label("ui")];
  const patch = { title: "Mine", priority: "high" as const, labelIds: [bug.id] };
  const done = await update(owner, [id], patch);
  await editor.call.tasks.update({ id, patch: { title: "Theirs", labelIds: [bug.id, ui.id] } });
  const { left, tasks } = await undo(done);
  expect(left).toEqual([id]);
  expect(tasks).toMatchObject([{ title: "Theirs", priority: "none", labelIds: [ui.id] }]);

  const moved = await update(owner, [id], { statusId: statusOf("completed") });
  await editor.call.tasks.move({ id, statusId: statusOf("started") });
  const theirs = await state();
  expect((await undo(moved)).left).toEqual([id]);
  expect(await state()).toEqual(theirs);

  const edited = await update(owner, [id], { estimate: 5 });
  await editor.call.tasks.delete({ id });
  expect(await undo(edited)).toMatchObject({ left: [id], deletedIds: [id] });
  expect((await state()).has(id)).toBe(false);
});

test("nobody undoes what another did; a label that was deleted does not come back", async () => {
  const { owner, editor } = team;
  const { state, task, update, label } = await board();
  const { id } = await task("Plan");
  const bug = await label("bug");
  await owner.call.tasks.update({ id, patch: { labelIds: [bug.id] } });
  const done = await update(owner, [id], { labelIds: [], title: "Without" });
  const before = await state();
  await undo({ ...done, who: editor });
  expect(await state()).toEqual(before);
  await owner.call.labels.delete({ id: bug.id });
  expect(await undo(done)).toMatchObject({
    left: [id],
    tasks: [{ title: "Plan", labelIds: [] }],
  });
});

test("a new task that somebody else has worked on since stays, and is told; else it goes", async () => {
  const { owner, editor } = team;
  const world = await board();
  const { projectId, task, act } = world;
  const { call } = editor;
  const create = async () => {
    const id = uuidv7();
    const done = await act(owner, [id], (mutationId) =>
      owner.call.tasks.create({ projectId, id, title: "New", mutationId }),
    );
    return { id, done };
  };
  const works: Record<string, (id: string) => Promise<unknown>> = {
    title: (id) => call.tasks.update({ id, patch: { title: "Theirs" } }),
    description: (id) => call.tasks.update({ id, patch: { description: "Theirs" } }),
    comment: (taskId) => call.comments.create({ taskId, body: "A word" }),
    subtask: (parentId) => call.tasks.create({ projectId, title: "Part", parentId }),
    "moved below": async (parentId) =>
      call.tasks.update({ id: (await task("Other")).id, patch: { parentId } }),
    file: (taskId) => attach(editor, { taskId }),
  };
  for (const [name, work] of Object.entries(works)) {
    const { id, done } = await create();
    await work(id);
    const { redo, ...said } = await undo(done);
    expect(said, name).toMatchObject({ tasks: [{ id }], deletedIds: [], left: [id] });
    // What changed nothing is not done again either.
    expect(await undo(redo), name).toMatchObject({ tasks: [{ id }], left: [] });
  }
  // One's own work on it, and what the other has taken back, keep it from nothing.
  const { id, done } = await create();
  await owner.call.tasks.update({ id, patch: { title: "Mine" } });
  await owner.call.comments.create({ taskId: id, body: "Mine" });
  await undo(await world.update(editor, [id], { priority: "high" }));
  const said = await call.comments.create({ taskId: id, body: "Theirs" });
  await call.comments.delete({ id: said.id });
  const { redo, ...gone } = await undo(done);
  expect(gone).toMatchObject({ tasks: [], deletedIds: [id], left: [] });
  // Done again and worked on, it stays as well.
  const again = await undo(redo);
  expect(again.tasks).toMatchObject([{ id, title: "Mine" }]);
  await call.comments.create({ taskId: id, body: "There again?" });
  expect(await undo(again.redo)).toMatchObject({ deletedIds: [], left: [id] });
});
