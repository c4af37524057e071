import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("a key is two to ten capitals and digits, one of its kind in a workspace, and stays once tasks bear it", async () => {
  const { owner, workspaceId, project, task, stranger } = await makeTeam(api);
  const create = (key: string) => owner.call.projects.create({ workspaceId, name: "P", key });
  for (const key of ["A", "1AB", "app", "TOOLONGAKEY", "A-B"]) {
    await expect(create(key)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  await expect(create("APP")).rejects.toEqual(reason("key_taken"));
  const forge = await stranger.call.workspaces.create({ name: "Forge" });
  const elsewhere = { workspaceId: forge.id, name: "P", key: "APP" };
  expect(await stranger.call.projects.create(elsewhere)).toMatchObject({ key: "APP" });
  const rename = (key: string) => owner.call.projects.update({ id: project.id, patch: { key } });
  expect(await rename("WEB")).toMatchObject({ key: "WEB" });
  await task();
  await expect(rename("APP")).rejects.toEqual(reason("key_in_use"));
});

test("only owners say who may see a project; a role there may be higher or lower", async () => {
  const { owner, editor, viewer, project, task } = await makeTeam(api);
  const hide = { id: project.id, patch: { visibility: "private" } } as const;
  await expect(editor.call.projects.update(hide)).rejects.toEqual(reason("role_too_low"));
  const { id } = await task();
  const patch = { title: "Changed" };
  await expect(viewer.call.tasks.update({ id, patch })).rejects.toEqual(reason("role_too_low"));
  const set = (userId: string, role: "editor" | "viewer") =>
    owner.call.projects.setMember({ projectId: project.id, userId, role });
  await set(viewer.user.id, "editor");
  expect(await viewer.call.tasks.update({ id, patch })).toMatchObject(patch);
  await set(editor.user.id, "viewer");
  await expect(editor.call.tasks.update({ id, patch })).rejects.toEqual(reason("role_too_low"));
  const outsider = await api.person("Otto");
  await expect(set(outsider.user.id, "viewer")).rejects.toEqual(reason("not_found"));
});

test("going private tells exactly those who lose it, and hides it from every read", async () => {
  const { owner, editor, viewer, workspaceId, project, task, changesOf } = await makeTeam(api);
  const { id, key } = await task("A hidden thing");
  const projectId = project.id;
  await owner.call.projects.setMember({ projectId, userId: viewer.user.id, role: "viewer" });
  const changes = await changesOf(() =>
    owner.call.projects.update({ id: projectId, patch: { visibility: "private" } }),
  );
  const userId = editor.user.id;
  expect(changes).toMatchObject([
    { entity: "project", op: "update", row: { visibility: "private" } },
    { entity: "access", op: "delete", id: projectId, row: { projectId, userId, role: null } },
  ]);
  expect(await viewer.call.projects.get({ id: projectId })).toMatchObject({ role: "viewer" });
  expect(await editor.call.projects.list({ workspaceId })).toEqual([]);
  expect((await editor.call.workspaces.open({ workspaceId })).projects).toEqual([]);
  expect((await editor.call.search.find({ workspaceId, text: "hidden" })).items).toEqual([]);
  await expect(editor.call.tasks.get({ id })).rejects.toEqual(reason("not_found"));
  await expect(editor.call.tasks.getByKey({ workspaceId, key })).rejects.toEqual(
    reason("not_found"),
  );
});

test("an archived project takes no new task until it is restored", async () => {
  const { owner, editor, project, task, changesOf } = await makeTeam(api);
  const { id } = project;
  await expect(editor.call.projects.archive({ id })).rejects.toEqual(reason("role_too_low"));
  const changes = await changesOf(() => owner.call.projects.archive({ id }));
  expect(changes).toMatchObject([{ entity: "project", row: { archivedAt: expect.any(Date) } }]);
  await expect(task()).rejects.toEqual(reason("project_archived"));
  await owner.call.projects.restore({ id });
  expect(await task()).toMatchObject({ number: 1 });
});

test("statuses are added, ordered and deleted with their tasks moved; names are one of a kind", async () => {
  const { editor, project, task, statusOf, changesOf } = await makeTeam(api);
  const projectId = project.id;
  const id = uuidv7();
  await editor.call.statuses.create({ id, projectId, name: "Review", category: "started" });
  const again = { projectId, name: "review", category: "started" } as const;
  await expect(editor.call.statuses.create(again)).rejects.toEqual(reason("name_taken"));
  await editor.call.statuses.update({ id, patch: { beforeId: statusOf("completed") } });
  const moved = await editor.call.projects.get({ id: projectId });
  const names = moved.statuses.map((s) => s.name);
  expect(names).toEqual(["Backlog", "To do", "In progress", "Review", "Done", "Cancelled"]);
  const { id: taskId } = await task();
  await editor.call.tasks.update({ id: taskId, patch: { statusId: id } });
  const self = editor.call.statuses.delete({ id, moveTo: id });
  await expect(self).rejects.toEqual(reason("same_status"));
  const moveTo = statusOf("completed");
  const changes = await changesOf(() => editor.call.statuses.delete({ id, moveTo }));
  expect(changes).toMatchObject([
    { entity: "task", id: taskId, row: { statusId: moveTo, completedAt: expect.any(Date) } },
    { entity: "status", op: "delete", id, row: null },
  ]);
});

test("many new statuses at once each get a place of their own", async () => {
  const { editor, project } = await makeTeam(api);
  const add = (name: string) =>
    editor.call.statuses.create({ projectId: project.id, name, category: "started" });
  await Promise.all(["a", "b", "c", "d", "e", "f"].map(add));
  const { statuses } = await editor.call.projects.get({ id: project.id });
  expect(new Set(statuses.map((s) => s.rank)).size).toBe(11);
});

test("a deleted label comes off its tasks; a patch that says nothing changes nothing", async () => {
  const { editor, project, task, changesOf } = await makeTeam(api);
  const id = uuidv7();
  await editor.call.labels.create({ id, projectId: project.id, name: "Bug", color: "#ff0000" });
  const { id: taskId } = await task();
  await editor.call.tasks.update({ id: taskId, patch: { labelIds: [id] } });
  const same = await editor.call.labels.update({ id, patch: { name: undefined } });
  expect(same).toEqual({ id, projectId: project.id, name: "Bug", color: "#ff0000" });
  await editor.call.statuses.update({
    id: project.statuses[0]?.id ?? "",
    patch: { name: undefined },
  });
  await editor.call.projects.update({ id: project.id, patch: { name: undefined } });
  const changes = await changesOf(() => editor.call.labels.delete({ id }));
  expect(changes).toMatchObject([
    { entity: "task", id: taskId, row: { labelIds: [] } },
    { entity: "label", op: "delete", id, row: null },
  ]);
});
