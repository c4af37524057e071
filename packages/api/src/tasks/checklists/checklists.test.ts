import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let api: TestApi;
let team: Team;
let taskId: string;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
  taskId = (await team.task()).id;
});
afterAll(() => api.stop());

const addList = (title = "Doors") => team.owner.call.checklists.create({ taskId, title });
const add = (checklistId: string, ...texts: string[]) =>
  team.owner.call.checklists.addItems({ checklistId, items: texts.map((text) => ({ text })) });
async function shown() {
  const { checklists, items } = await team.viewer.call.checklists.list({ taskId });
  return checklists.map(({ id, title }) => [
    title,
    ...items
      .filter((i) => i.checklistId === id)
      .map(({ text, doneAt }) => (doneAt ? "✓" : "") + text),
  ]);
}
const counts = async (id = taskId) => {
  const { checklistDone, checklistTotal } = await team.viewer.call.tasks.get({ id });
  return `${checklistDone}/${checklistTotal}`;
};

test("a task has several checklists, of items that are ticked, moved and deleted", async () => {
  const { owner, editor } = team;
  const doors = await addList();
  const windows = await addList("Windows");
  const [oil, paint, hang] = await add(doors.id, "Oil", "Paint", "Hang");
  const [clean] = await add(windows.id, "Clean");
  if (!oil || !paint || !hang || !clean) throw new Error("added");
  await editor.call.checklists.updateItem({ id: oil.id, patch: { isDone: true } });
  await editor.call.checklists.moveItem({ id: hang.id, afterId: oil.id });
  await editor.call.checklists.moveItem({
    id: paint.id,
    checklistId: windows.id,
    beforeId: clean.id,
  });
  await editor.call.checklists.move({ id: windows.id, beforeId: doors.id });
  expect(await shown()).toEqual([
    ["Windows", "Paint", "Clean"],
    ["Doors", "✓Oil", "Hang"],
  ]);
  expect(await counts()).toBe("1/4");
  await owner.call.checklists.deleteItem({ id: hang.id });
  expect(await counts()).toBe("1/3");
  await owner.call.checklists.delete({ id: doors.id });
  expect(await shown()).toEqual([["Windows", "Paint", "Clean"]]);
  expect(await counts()).toBe("0/2");
  // What is deleted is not there any more, nor what stood in it.
  for (const id of [hang.id, oil.id]) {
    const gone = owner.call.checklists.updateItem({ id, patch: { text: "Ghost" } });
    await expect(gone).rejects.toMatchObject({ reason: "not_found" });
  }
});

test("every change is told, with the numbers on the task's card", async () => {
  const { owner, stranger } = team;
  const doors = await addList();
  const added = await team.changesOf(() => add(doors.id, "Oil", "Paint"));
  expect(added).toMatchObject([
    { entity: "checklistItem", op: "insert", row: { text: "Oil", checklistId: doors.id, taskId } },
    { entity: "checklistItem", op: "insert", row: { text: "Paint" } },
    { entity: "task", op: "update", id: taskId, row: { checklistTotal: 2, checklistDone: 0 } },
  ]);
  const id = added[0]?.id ?? "";
  const tick = () => owner.call.checklists.updateItem({ id, patch: { isDone: true } });
  expect(await team.changesOf(tick)).toMatchObject([
    { entity: "checklistItem", op: "update", id, row: { doneAt: expect.any(Date) } },
    { entity: "task", row: { checklistTotal: 2, checklistDone: 1 } },
  ]);
  const rename = () => owner.call.checklists.rename({ id: doors.id, title: "Gates" });
  expect(await team.changesOf(rename)).toMatchObject([
    { entity: "checklist", op: "update", id: doors.id, row: { title: "Gates" } },
  ]);
  const seen = stranger.call.checklists.list({ taskId });
  await expect(seen).rejects.toMatchObject({ reason: "not_found" });
});

test("an item is done when the task is that it has become, however that is done", async () => {
  const { owner, project, statusOf } = team;
  const doors = await addList();
  const [oil] = await add(doors.id, "Oil");
  const id = oil?.id ?? "";
  const task = await team.task("Oil");
  await owner.call.checklists.updateItem({ id, patch: { linkedTaskId: task.id } });
  const mutationId = uuidv7();
  const patch = { statusId: statusOf("completed") };
  await owner.call.tasks.update({ id: task.id, patch, mutationId });
  expect(await counts()).toBe("1/1");
  await owner.call.tasks.undo({ ids: [task.id], of: mutationId });
  expect(await counts()).toBe("0/1");
  await owner.call.tasks.move({ id: task.id, statusId: statusOf("completed") });
  expect(await counts()).toBe("1/1");
  const spare = {
    id: uuidv7(),
    projectId: project.id,
    name: "Spare",
    category: "started",
  } as const;
  await owner.call.statuses.create(spare);
  await owner.call.statuses.delete({ id: statusOf("completed"), moveTo: spare.id });
  expect(await counts()).toBe("0/1");
  // It is the task that is changed now.
  for (const other of [{ text: "Grease" }, { isDone: true }, { dueDate: "2031-01-01" }]) {
    const changed = owner.call.checklists.updateItem({ id, patch: other });
    await expect(changed).rejects.toMatchObject({ reason: "item_is_task" });
  }
  const back = { linkedTaskId: null, text: "Grease", isDone: true };
  expect(await owner.call.checklists.updateItem({ id, patch: back })).toMatchObject({
    ...{ text: "Grease", linkedTaskId: null, doneAt: expect.any(Date) },
  });
  const itself = owner.call.checklists.updateItem({ id, patch: { linkedTaskId: taskId } });
  await expect(itself).rejects.toMatchObject({ reason: "not_found" });
});

test("an item that an undo makes a task again is as done as that is by then", async () => {
  const { owner, statusOf } = team;
  const doors = await addList();
  const task = await team.task("Grease");
  const [grease] = await add(doors.id, "Grease");
  const id = grease?.id ?? "";
  const link = (linkedTaskId: string | null, mutationId = uuidv7()) =>
    owner.call.checklists.updateItem({ id, patch: { linkedTaskId }, mutationId });
  await link(task.id);
  const mutationId = uuidv7();
  await link(null, mutationId);
  await owner.call.tasks.move({ id: task.id, statusId: statusOf("completed") });
  await owner.call.checklists.undoItems({ ids: [id], of: mutationId });
  expect(await counts()).toBe("1/1");
});

test("whoever has no access is not assigned, and whoever leaves is assigned no more", async () => {
  const { owner, editor, stranger, workspaceId } = team;
  const doors = await addList();
  const [oil] = await add(doors.id, "Oil");
  const id = oil?.id ?? "";
  const assign = (assigneeId: string) =>
    owner.call.checklists.updateItem({ id, patch: { assigneeId } });
  await expect(assign(stranger.user.id)).rejects.toMatchObject({ reason: "not_a_member" });
  await assign(editor.user.id);
  const leave = () => owner.call.members.remove({ workspaceId, userId: editor.user.id });
  expect(await team.changesOf(leave)).toContainEqual(
    expect.objectContaining({
      entity: "checklistItem",
      row: expect.objectContaining({ assigneeId: null }),
    }),
  );
});

test("there are bounds, said in words", async () => {
  const doors = await addList();
  const many = Array.from({ length: 500 }, (_, i) => `Item ${i}`);
  await add(doors.id, ...many);
  await expect(add(doors.id, "One more")).rejects.toMatchObject({
    reason: "too_many_checklist_items",
    message: expect.stringContaining("500 checklist items"),
  });
  for (let i = 1; i < 50; i++) await addList(`List ${i}`);
  await expect(addList()).rejects.toMatchObject({ reason: "too_many_checklists" });
  await expect(add(doors.id, "x".repeat(1_001))).rejects.toMatchObject({
    message: expect.stringContaining("1,000"),
  });
});

test("whoever is assigned to an item hears of it once, and follows its task", async () => {
  const { owner, editor, workspaceId } = team;
  const heard = async () =>
    (await editor.call.notifications.list({ workspaceId })).items.map(
      ({ kind, detail, subject }) => [kind, detail, subject.id],
    );
  const doors = await addList();
  const [oil] = await add(doors.id, "Oil");
  const update = (patch: object) => owner.call.checklists.updateItem({ id: oil?.id ?? "", patch });
  await update({ assigneeId: editor.user.id });
  await update({ dueDate: "2031-05-10" });
  expect(await heard()).toEqual([["assigned", "Oil", taskId]]);
  await owner.call.comments.create({ taskId, body: "Which oil?" });
  await update({ assigneeId: null });
  expect(await heard()).toEqual([
    ["unassigned", "Oil", taskId],
    ["commented", null, taskId],
    ["assigned", "Oil", taskId],
  ]);
});

test("a duplicate has a copy of the checklists, and goes its own way", async () => {
  const { owner, editor, stranger, project, workspaceId } = team;
  const doors = await addList();
  await add(doors.id, "Oil", "Paint");
  await addList("Empty");
  const [hang] = await owner.call.checklists.addItems({
    checklistId: doors.id,
    items: [{ text: "Hang", isDone: true, assigneeId: editor.user.id, dueDate: "2031-05-10" }],
  });
  await owner.call.members.remove({ workspaceId, userId: editor.user.id });
  const asked = { projectId: project.id, title: "Copy", checklistsOf: taskId };
  const copy = await owner.call.tasks.create(asked);
  expect(copy).toMatchObject({ checklistTotal: 3, checklistDone: 1 });
  const { checklists, items } = await owner.call.checklists.list({ taskId: copy.id });
  expect(checklists.map(({ title }) => title)).toEqual(["Doors", "Empty"]);
  expect(items.map(({ text }) => text)).toEqual(["Oil", "Paint", "Hang"]);
  expect(items[2]).toMatchObject({ assigneeId: null, dueDate: "2031-05-10" });
  expect(items.map(({ id }) => id)).not.toContain(hang?.id);
  await owner.call.checklists.delete({ id: checklists[0]?.id ?? "" });
  expect(await counts()).toBe("1/3");
  const other = await stranger.call.workspaces.create({ name: "Other" });
  const theirs = await stranger.call.projects.create({
    workspaceId: other.id,
    name: "O",
    key: "OO",
  });
  const spied = stranger.call.tasks.create({ ...asked, projectId: theirs.id });
  await expect(spied).rejects.toMatchObject({ reason: "not_found" });
});

test("a task with an open item of mine is among mine", async () => {
  const { owner, editor, workspaceId } = team;
  const doors = await addList();
  const [oil] = await add(doors.id, "Oil");
  const id = oil?.id ?? "";
  const mine = async () =>
    (await editor.call.tasks.mine({ workspaceId })).items.map((task) => task.id);
  expect(await mine()).toEqual([]);
  await owner.call.checklists.updateItem({ id, patch: { assigneeId: editor.user.id } });
  expect(await mine()).toEqual([taskId]);
  await owner.call.checklists.updateItem({ id, patch: { isDone: true } });
  expect(await mine()).toEqual([]);
});
