import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function board() {
  const owner = await api.person("Olga");
  const workspace = await owner.call.workspaces.create({ name: "Mill" });
  const project = await owner.call.projects.create({
    workspaceId: workspace.id,
    name: "App",
    key: "APP",
  });
  const task = (title: string) => owner.call.tasks.create({ projectId: project.id, title });
  const [a, b, c] = [await task("a"), await task("b"), await task("c")];
  const statusOf = (category: string) =>
    project.statuses.find((s) => s.category === category)?.id ?? "";
  const order = async () => {
    const { items } = await owner.call.tasks.list({ projectId: project.id });
    return items.sort((x, y) => (x.rank < y.rank ? -1 : 1)).map((t) => t.title);
  };
  return { owner, workspace, project, a, b, c, statusOf, order };
}

test("a task goes between two others, and the feed says so", async () => {
  const { owner, workspace, a, b, c, order } = await board();
  expect(await order()).toEqual(["a", "b", "c"]);
  const before = await owner.call.changes.since({ workspaceId: workspace.id, seq: 0 });
  await owner.call.tasks.move({ id: c.id, statusId: c.statusId, afterId: a.id, beforeId: b.id });
  expect(await order()).toEqual(["a", "c", "b"]);
  const after = await owner.call.changes.since({ workspaceId: workspace.id, seq: before.seq });
  expect(after.changes).toMatchObject([
    { entity: "task", op: "update", id: c.id, row: { key: "APP-3" } },
  ]);
});

test("before the first, and into another column, where completing is noted", async () => {
  const { owner, a, c, statusOf, order } = await board();
  await owner.call.tasks.move({ id: c.id, statusId: c.statusId, beforeId: a.id });
  expect(await order()).toEqual(["c", "a", "b"]);
  const done = await owner.call.tasks.move({ id: a.id, statusId: statusOf("completed") });
  expect(done.completedAt).toBeInstanceOf(Date);
  const back = await owner.call.tasks.move({ id: a.id, statusId: statusOf("started") });
  expect(back.completedAt).toBeNull();
});

test("a stranger's move finds nothing, and a viewer's is refused", async () => {
  const { workspace, a, statusOf } = await board();
  const stranger = await api.person("Sam");
  const statusId = statusOf("started");
  await expect(stranger.call.tasks.move({ id: a.id, statusId })).rejects.toMatchObject({
    reason: "not_found",
  });
  await api.join(workspace.id, stranger.user.id, "viewer");
  await expect(stranger.call.tasks.move({ id: a.id, statusId })).rejects.toMatchObject({
    reason: "role_too_low",
  });
});

test("people who drop cards into the same gap at once all get a place of their own", async () => {
  const { owner, project, a, b, statusOf } = await board();
  const cards = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      owner.call.tasks.create({ projectId: project.id, title: `n${i}` }),
    ),
  );
  const statusId = statusOf("unstarted");
  const moved = await Promise.all(
    cards.map((t) => owner.call.tasks.move({ id: t.id, statusId, afterId: a.id, beforeId: b.id })),
  );
  expect(new Set(moved.map((t) => t.rank)).size).toBe(8);
  for (const t of moved) expect(t.rank > a.rank && t.rank < b.rank).toBe(true);
});
