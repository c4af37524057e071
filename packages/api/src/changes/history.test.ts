import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function oneTask() {
  const owner = await api.person("Olga");
  const workspace = await owner.call.workspaces.create({ name: "Mill" });
  const project = await owner.call.projects.create({
    workspaceId: workspace.id,
    name: "App",
    key: "APP",
    visibility: "private",
  });
  const task = await owner.call.tasks.create({ projectId: project.id, title: "a" });
  return { owner, workspace, project, task };
}

test("a task's history is its own rows, newest first, a page at a time", async () => {
  const { owner, project, task } = await oneTask();
  await owner.call.tasks.create({ projectId: project.id, title: "another" });
  await owner.call.tasks.update({ id: task.id, patch: { title: "b" } });
  await owner.call.tasks.update({ id: task.id, patch: { description: "long" } });

  const first = await owner.call.changes.history({ entityId: task.id, limit: 2 });
  expect(first.items).toMatchObject([
    { op: "update", isDescribed: true, row: { title: "b" }, actorId: owner.user.id },
    { op: "update", isDescribed: false, row: { title: "b" } },
  ]);
  expect(first.items[0]?.row).not.toHaveProperty("description");
  const rest = await owner.call.changes.history({ entityId: task.id, before: first.nextBefore });
  expect(rest).toMatchObject({ items: [{ op: "insert", row: { title: "a" } }], nextBefore: null });
});

test("what is done in its checklists is among it", async () => {
  const { owner, task } = await oneTask();
  const { id } = await owner.call.checklists.create({ taskId: task.id, title: "Doors" });
  const added = { checklistId: id, items: [{ text: "Oil" }] };
  const [item] = await owner.call.checklists.addItems(added);
  await owner.call.checklists.deleteItem({ id: item?.id ?? "" });
  const { items } = await owner.call.changes.history({ entityId: task.id, limit: 5 });
  expect(items).toMatchObject([
    { entity: "task", row: { checklistTotal: 0 } },
    { entity: "checklistItem", id: item?.id, op: "delete", row: null },
    { entity: "task", row: { checklistTotal: 1 } },
    { entity: "checklistItem", id: item?.id, op: "insert", row: { text: "Oil" } },
    { entity: "checklist", id, op: "insert", row: { title: "Doors" } },
  ]);
});

test("who may not see the task learns nothing of what happened to it", async () => {
  const { workspace, task } = await oneTask();
  const member = await api.person("Mara");
  await api.join(workspace.id, member.user.id, "editor");
  const ask = member.call.changes.history({ entityId: task.id });
  await expect(ask).rejects.toMatchObject({ reason: "not_found" });
});
