/** A group where a person may stand as an assignee: in a task's row, its undo, its copy, a file and back. */
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, textFile } from "@guildhall/testing/imports";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let api: TestApi;
let team: Team;
let groupId: string;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
  const { owner, viewer, workspaceId } = team;
  const memberIds = [viewer.user.id];
  ({ id: groupId } = await owner.call.groups.create({ workspaceId, name: "Design", memberIds }));
});
afterAll(() => api.stop());

const refused = expect.objectContaining({ reason: "not_a_member" });
const assigneesOf = async (id: string) =>
  (await team.owner.call.tasks.get({ id })).assigneeIds.toSorted();

test("a task is assigned to people and groups, in its row and in the feed, and back again", async () => {
  const { owner, editor } = team;
  const { id } = await team.task();
  const both = [editor.user.id, groupId].sort();
  const mutationId = uuidv7();
  const [change] = await team.changesOf(() =>
    owner.call.tasks.update({ id, patch: { assigneeIds: both }, mutationId }),
  );
  expect(change).toMatchObject({ entity: "task", row: { assigneeIds: both } });
  expect(await assigneesOf(id)).toEqual(both);
  await owner.call.tasks.undo({ ids: [id], of: mutationId });
  expect(await assigneesOf(id)).toEqual([]);
  await owner.call.tasks.updateMany({ ids: [id], patch: { assigneeIds: both } });
  await owner.call.tasks.update({ id, patch: { assigneeIds: [groupId] } });
  expect(await assigneesOf(id)).toEqual([groupId]);
});

test("it is the work of everyone in the group, for as long as they are in it", async () => {
  const { owner, viewer, workspaceId, project } = team;
  const task = { projectId: project.id, title: "Paint", assigneeIds: [groupId] };
  const { id } = await owner.call.tasks.create(task);
  const mine = async () =>
    (await viewer.call.tasks.mine({ workspaceId })).items.map((each) => each.id);
  expect(await mine()).toEqual([id]);
  const one = { id: groupId, userIds: [viewer.user.id] };
  await owner.call.groups.removeMembers(one);
  expect(await mine()).toEqual([]);
  await owner.call.groups.addMembers(one);
  expect(await mine()).toEqual([id]);
  const told = await team.changesOf(() => owner.call.groups.delete({ id: groupId }));
  expect(told).toContainEqual(
    expect.objectContaining({ entity: "task", row: expect.objectContaining({ assigneeIds: [] }) }),
  );
  expect(await mine()).toEqual([]);
});

test("a group in which nobody can see the project is not assigned, nor one of elsewhere, nor to an item", async () => {
  const { owner, viewer, workspaceId } = team;
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  const { id } = await owner.call.tasks.create({ projectId, title: "Paint" });
  const assign = (...assigneeIds: string[]) =>
    owner.call.tasks.update({ id, patch: { assigneeIds } });
  await expect(assign(groupId)).rejects.toEqual(refused);
  await owner.call.projects.setMember({ projectId, userId: viewer.user.id, role: "viewer" });
  await assign(groupId);
  const elsewhere = await owner.call.workspaces.create({ name: "Elsewhere" });
  const memberIds = [owner.user.id];
  const other = { workspaceId: elsewhere.id, name: "Design", memberIds };
  const { id: foreign } = await owner.call.groups.create(other);
  await expect(assign(foreign)).rejects.toEqual(refused);
  const { id: checklistId } = await owner.call.checklists.create({ taskId: id, title: "Steps" });
  const items = [{ text: "One", assigneeId: groupId }];
  await expect(owner.call.checklists.addItems({ checklistId, items })).rejects.toEqual(refused);
});

test("a copy has the groups that can still have it", async () => {
  const { owner, project } = team;
  const copy = { projectId: project.id, title: "Copy", unavailable: "omit" } as const;
  const gone = uuidv7();
  const { id } = await owner.call.tasks.create({ ...copy, assigneeIds: [groupId, gone] });
  expect(await assigneesOf(id)).toEqual([groupId]);
});

test("a file says what the group is called, and brings it back", async () => {
  const { owner, viewer, workspaceId, project } = team;
  const assigneeIds = [groupId, viewer.user.id].sort();
  await owner.call.tasks.create({ projectId: project.id, title: "Paint", assigneeIds });
  const { name, content } = await owner.call.exports.tasksCsv({ projectId: project.id });
  expect(content).toContain("Design");
  const copy = await owner.call.projects.create({ workspaceId, name: "Copy", key: "COPY" });
  await importFiles(api, owner, { projectId: copy.id, files: [textFile(name, content)] });
  const [task] = await allTasks(owner, copy.id);
  expect(task?.assigneeIds.toSorted()).toEqual(assigneeIds);
});

test("a guest sees what a group is called where a task of theirs is assigned to it, and nothing else of it", async () => {
  const { owner, stranger, join, workspaceId, project, viewer } = team;
  await join(stranger.user.id, "guest");
  const userId = stranger.user.id;
  await owner.call.projects.setMember({ projectId: project.id, userId, role: "viewer" });
  const groupsSeen = async () => (await stranger.call.workspaces.open({ workspaceId })).groups;
  expect(await groupsSeen()).toEqual([]);
  const { id } = await team.task();
  await owner.call.tasks.update({ id, patch: { assigneeIds: [groupId] } });
  expect(await groupsSeen()).toMatchObject([{ id: groupId, name: "Design", members: [] }]);
  await owner.call.tasks.update({ id, patch: { assigneeIds: [groupId, viewer.user.id] } });
  expect(await groupsSeen()).toMatchObject([{ members: [{ userId: viewer.user.id }] }]);
});
