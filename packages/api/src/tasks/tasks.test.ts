import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorld } from "../../testing/world.ts";
import type { TaskPatch } from "./fields.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const refusals = (settled: PromiseSettledResult<unknown>[]) =>
  settled.flatMap((s) => (s.status === "rejected" ? [s.reason.reason] : []));

test("fifty created at once have fifty numbers in a row, and none is given again", async () => {
  const { owner, workspaceId } = team;
  const { id: projectId } = await owner.call.projects.create({
    workspaceId,
    name: "N",
    key: "NUM",
  });
  const create = () => owner.call.tasks.create({ projectId, title: "One of many" });
  const made = await Promise.all(Array.from({ length: 50 }, create));
  const numbers = made.map((t) => t.number).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  const last = made.find((t) => t.number === 50);
  await owner.call.tasks.delete({ id: last?.id ?? "" });
  expect(await create()).toMatchObject({ number: 51, key: "NUM-51" });
});

test("a new task has everything it was given, and the feed carries the row", async () => {
  const { editor, owner, project, changesOf, statusOf } = team;
  const given = {
    title: "Full",
    description: "**All** of it",
    statusId: statusOf("completed"),
    priority: "high" as const,
    assigneeIds: [owner.user.id],
    dueDate: "2026-12-24",
    estimate: 3,
  };
  const [change] = await changesOf(() =>
    editor.call.tasks.create({ projectId: project.id, ...given }),
  );
  expect(change).toMatchObject({
    entity: "task",
    op: "insert",
    actorId: editor.user.id,
    row: given,
  });
  const kept = await owner.call.tasks.get({ id: change?.id ?? "" });
  expect(kept).toEqual(change?.row);
  expect(kept.completedAt).toBeInstanceOf(Date);
});

test("two people who change different fields at once both win", async () => {
  const { owner, editor, task } = team;
  const { id, version } = await task();
  await Promise.all([
    owner.call.tasks.update({ id, patch: { title: "New title" } }),
    editor.call.tasks.update({ id, patch: { priority: "urgent" } }),
    owner.call.tasks.update({ id, patch: { dueDate: "2027-01-01" } }),
  ]);
  const now = await owner.call.tasks.get({ id });
  expect(now).toMatchObject({ title: "New title", priority: "urgent", dueDate: "2027-01-01" });
  expect(now.version).toBe(version + 3);
});

test("the feed carries a description only when it was changed", async () => {
  const { owner, task, changesOf } = team;
  const { id } = await task();
  const changes = await changesOf(async () => {
    await owner.call.tasks.update({ id, patch: { title: "B" } });
    await owner.call.tasks.update({ id, patch: { description: "Text" } });
  });
  expect(changes.map((c) => c.row && "description" in c.row)).toEqual([false, true]);
});

test("a task is never a part of itself, also when both halves are made at once", async () => {
  const { owner, task } = team;
  const [a, b] = [await task("a"), await task("b")];
  const put = (id: string, parentId: string) =>
    owner.call.tasks.update({ id, patch: { parentId } });
  await expect(put(a.id, a.id)).rejects.toMatchObject({ reason: "parent_circle" });
  const halves = await Promise.allSettled([put(a.id, b.id), put(b.id, a.id)]);
  expect(refusals(halves)).toEqual(["parent_circle"]);
});

test("tasks never wait for each other in a circle, also when both halves are made at once", async () => {
  const { owner, task } = team;
  const [a, b, c] = [await task("a"), await task("b"), await task("c")];
  const block = (id: string, by: string) =>
    owner.call.tasks.update({ id, patch: { blockedByIds: [by] } });
  await expect(block(a.id, a.id)).rejects.toMatchObject({ reason: "dependency_circle" });
  await block(b.id, a.id);
  const halves = await Promise.allSettled([block(c.id, b.id), block(a.id, c.id)]);
  expect(refusals(halves)).toEqual(["dependency_circle"]);
});

test("an id of another project or workspace is refused wherever it stands", async () => {
  const { owner, stranger, workspaceId, project, task, changesOf } = team;
  const forge = await stranger.call.workspaces.create({ name: "Forge" });
  const sibling = await makeWorld(api, { owner, workspaceId });
  const other = await makeWorld(api, { owner: stranger, workspaceId: forge.id });
  const { id, statusId } = await task();
  const foreign: TaskPatch[] = [];
  for (const world of [sibling, other]) {
    const taskId = await world.task();
    foreign.push(
      { statusId: world.statusId },
      { labelIds: [await world.label()] },
      { parentId: taskId },
      { blockedByIds: [taskId] },
    );
  }
  const changes = await changesOf(async () => {
    for (const patch of [...foreign, { assigneeIds: [stranger.user.id] }]) {
      const reason = "assigneeIds" in patch ? "not_a_member" : "not_found";
      await expect(owner.call.tasks.update({ id, patch })).rejects.toMatchObject({ reason });
      const create = { projectId: project.id, title: "No", ...patch };
      await expect(owner.call.tasks.create(create)).rejects.toMatchObject({ reason });
    }
  });
  expect(changes).toEqual([]);
  for (const world of [sibling, other]) {
    const strange = await world.task();
    const moves = [
      { statusId, beforeId: strange },
      { statusId, afterId: strange },
      { statusId: world.statusId },
    ];
    for (const move of moves) {
      await expect(owner.call.tasks.move({ id, ...move })).rejects.toMatchObject({
        reason: "not_found",
      });
    }
  }
});

test("archived tasks leave the list, deleted ones everything, and both come back", async () => {
  const { owner, viewer, project, task, changesOf } = team;
  const { id, rank } = await task("Comes back");
  const listed = async () =>
    (await viewer.call.tasks.list({ projectId: project.id, limit: 1_000 })).items.some(
      (t) => t.id === id,
    );
  const archived = await changesOf(() => owner.call.tasks.archive({ id }));
  expect(archived).toMatchObject([{ op: "update", row: { archivedAt: expect.any(Date) } }]);
  expect(await listed()).toBe(false);
  await owner.call.tasks.restore({ id });
  const deleted = await changesOf(() => owner.call.tasks.delete({ id }));
  expect(deleted).toMatchObject([{ op: "delete", id, row: null }]);
  expect(await listed()).toBe(false);
  await expect(viewer.call.tasks.get({ id })).rejects.toMatchObject({ reason: "not_found" });
  const restored = await changesOf(() => owner.call.tasks.restore({ id }));
  expect(restored).toMatchObject([{ op: "insert", id, row: { rank, title: "Comes back" } }]);
  expect(await listed()).toBe(true);
});

test("many are changed together, or none of them", async () => {
  const { owner, stranger, task, changesOf } = team;
  const ids = [(await task()).id, (await task()).id];
  const patch = { priority: "low" as const };
  const refused = await changesOf(async () => {
    const all = { ids: [...ids, uuidv7()], patch };
    await expect(owner.call.tasks.updateMany(all)).rejects.toMatchObject({ reason: "not_found" });
    await expect(stranger.call.tasks.updateMany({ ids, patch })).rejects.toMatchObject({
      reason: "not_found",
    });
  });
  expect(refused).toEqual([]);
  expect(await owner.call.tasks.get({ id: ids[0] ?? "" })).toMatchObject({ priority: "none" });
  const changes = await changesOf(() => owner.call.tasks.updateMany({ ids, patch }));
  expect(changes.map((c) => c.id).sort()).toEqual([...ids].sort());
});
