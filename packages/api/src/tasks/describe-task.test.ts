import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test("a description that grew from an older text than the task's is refused, and changes nothing", async () => {
  const { call } = await api.person("Olga");
  const workspace = await call.workspaces.create({ name: "Mill" });
  const project = await call.projects.create({
    workspaceId: workspace.id,
    name: "App",
    key: "APP",
  });
  const { id } = await call.tasks.create({ projectId: project.id, title: "a", description: "one" });

  await call.tasks.update({ id, patch: { description: "two" }, descriptionWas: "one" });
  const before = await call.changes.since({ workspaceId: workspace.id, seq: 0 });
  const late = call.tasks.update({ id, patch: { description: "three" }, descriptionWas: "one" });
  await expect(late).rejects.toMatchObject({ reason: "description_changed" });

  expect((await call.tasks.get({ id })).description).toBe("two");
  const after = await call.changes.since({ workspaceId: workspace.id, seq: before.seq });
  expect(after.changes).toEqual([]);
  await call.tasks.update({ id, patch: { description: "by a script" } });
  expect((await call.tasks.get({ id })).description).toBe("by a script");
});
