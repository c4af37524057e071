import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

/** A task whose parent and one of two blockers are in the bin. */
async function binned() {
  const { owner, task } = team;
  const [parent, gone, kept] = [await task("Parent"), await task("Gone"), await task("Kept")];
  const { id } = await task("Refers to them");
  const patch = { parentId: parent.id, blockedByIds: [gone.id, kept.id] };
  await owner.call.tasks.update({ id, patch });
  await owner.call.tasks.deleteMany({ ids: [parent.id, gone.id] });
  return { id, parent, gone, kept };
}

test("what is in the bin blocks no later change of the list that names it, and can be removed", async () => {
  const { owner, task } = team;
  const { id, parent, gone, kept } = await binned();
  const another = await task("Another");
  const update = (patch: object) => owner.call.tasks.update({ id, patch });
  const all = [gone.id, kept.id, another.id];
  expect(await update({ blockedByIds: all })).toMatchObject({ blockedByIds: all.sort() });
  expect(await update({ parentId: parent.id, title: "Same parent" })).toMatchObject({
    parentId: parent.id,
  });
  expect(await update({ blockedByIds: [kept.id, another.id] })).toMatchObject({
    blockedByIds: [kept.id, another.id].sort(),
  });
  expect(await update({ parentId: null })).toMatchObject({ parentId: null });
});

test("what is added is still checked: nothing in the bin becomes a parent or a blocker", async () => {
  const { owner } = team;
  const { id, parent, gone, kept } = await binned();
  const other = await team.task("Has none of them");
  for (const patch of [{ parentId: parent.id }, { blockedByIds: [kept.id, gone.id] }]) {
    await expect(owner.call.tasks.update({ id: other.id, patch })).rejects.toMatchObject({
      reason: "not_found",
    });
  }
  await owner.call.tasks.update({ id, patch: { blockedByIds: [kept.id] } });
  await expect(
    owner.call.tasks.update({ id, patch: { blockedByIds: [kept.id, gone.id] } }),
  ).rejects.toMatchObject({ reason: "not_found" });
});

test("an assignee who lost access blocks no change of the assignees, and is not given anew", async () => {
  const { owner, editor, viewer, project, task } = team;
  const secret = await owner.call.projects.create({
    workspaceId: team.workspaceId,
    name: "Secret",
    key: "SEC",
  });
  const { id } = await owner.call.tasks.create({ projectId: secret.id, title: "Given to Eli" });
  const give = (assigneeIds: string[]) =>
    owner.call.tasks.update({ id, patch: { assigneeIds } }).then((row) => row.assigneeIds);
  await give([editor.user.id]);
  await owner.call.projects.update({ id: secret.id, patch: { visibility: "private" } });
  const both = [editor.user.id, owner.user.id].sort();
  expect(await give(both)).toEqual(both);
  const bulk = { ids: [id], patch: { assigneeIds: [editor.user.id] } };
  await expect(owner.call.tasks.updateMany(bulk)).resolves.toHaveLength(1);
  expect(await give([owner.user.id])).toEqual([owner.user.id]);
  await expect(give(both)).rejects.toMatchObject({ reason: "not_a_member" });
  // In the open project nothing has changed.
  const open = await task("Open");
  const patch = { assigneeIds: [viewer.user.id] };
  await owner.call.tasks.update({ id: open.id, patch });
  expect(project.id).toBe(open.projectId);
});

test("a copy is made without what cannot be given any more, and with the rest", async () => {
  const { owner, editor, stranger, project } = team;
  const { id, parent, gone, kept } = await binned();
  await owner.call.tasks.update({ id, patch: { assigneeIds: [editor.user.id] } });
  const copy = {
    projectId: project.id,
    title: "Refers to them (copy)",
    parentId: parent.id,
    blockedByIds: [gone.id, kept.id],
    assigneeIds: [stranger.user.id, editor.user.id],
    labelIds: [gone.id],
  };
  await expect(owner.call.tasks.create(copy)).rejects.toMatchObject({ reason: "not_found" });
  expect(await owner.call.tasks.create({ ...copy, unavailable: "omit" })).toMatchObject({
    parentId: null,
    blockedByIds: [kept.id],
    assigneeIds: [editor.user.id],
    labelIds: [],
  });
});

test("a card is dropped beside one that was deleted meanwhile, where that one stood", async () => {
  const { owner, project } = team;
  const statusId = team.statusOf("started");
  const make = (title: string) =>
    owner.call.tasks.create({ projectId: project.id, title, statusId });
  const [a, b, c] = [await make("a"), await make("b"), await make("c")];
  const moved = await make("moved");
  await owner.call.tasks.delete({ id: b.id });
  const { rank } = await owner.call.tasks.move({ id: moved.id, statusId, afterId: b.id });
  expect(rank > a.rank && rank < c.rank).toBe(true);
  // One that has gone to another column says nothing: then the other neighbour counts.
  await owner.call.tasks.move({ id: a.id, statusId: team.statusOf("completed") });
  const beside = { statusId, afterId: a.id, beforeId: c.id };
  const again = await owner.call.tasks.move({ id: moved.id, ...beside });
  expect(again.rank < c.rank).toBe(true);
});
