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

test("an answer is in the thread of what it answers, one level deep", async () => {
  const { owner, editor, viewer } = team;
  const first = await owner.call.comments.create({ taskId, body: "Shall we?" });
  const answer = { taskId, body: "Yes", replyTo: first.id };
  const second = await editor.call.comments.create(answer);
  const third = await viewer.call.comments.create({ ...answer, replyTo: second.id });
  expect([first, second, third].map(({ rootId }) => rootId)).toEqual([null, first.id, first.id]);
  const elsewhere = { ...answer, taskId: (await team.task()).id };
  await expect(editor.call.comments.create(elsewhere)).rejects.toMatchObject({
    reason: "not_found",
  });
});

test("who spoke in a thread is told of an answer, as that", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const first = await owner.call.comments.create({ taskId, body: "Shall we?" });
  const answer = { taskId, replyTo: first.id };
  await editor.call.comments.create({ ...answer, body: "Yes" });
  await viewer.call.comments.create({ taskId, body: "Something else" });
  await owner.call.comments.create({ ...answer, body: "Good" });
  const kinds = async ({ call }: typeof owner) =>
    (await call.notifications.list({ workspaceId })).items.map(({ kind }) => kind).reverse();
  expect(await kinds(owner)).toEqual(["replied", "commented"]);
  expect(await kinds(editor)).toEqual(["commented", "replied"]);
  expect(await kinds(viewer)).toEqual(["commented"]);
});

test("a thread is resolved and reopened by anybody in it, and undone", async () => {
  const { owner, viewer, stranger } = team;
  const { id } = await owner.call.comments.create({ taskId, body: "Shall we?" });
  const answer = { taskId, body: "Yes", replyTo: id };
  const reply = await viewer.call.comments.create(answer);
  const mutationId = uuidv7();
  const resolved = await viewer.call.comments.resolve({ id, mutationId });
  expect(resolved).toMatchObject({ resolvedBy: viewer.user.id, resolvedAt: expect.any(Date) });
  const again = await owner.call.comments.resolve({ id });
  expect(again.resolvedAt).toEqual(resolved.resolvedAt);
  expect((await viewer.call.comments.undo({ id, of: mutationId })).row?.resolvedAt).toBeNull();
  await owner.call.comments.resolve({ id });
  expect((await viewer.call.comments.reopen({ id })).resolvedAt).toBeNull();
  const ofReply = viewer.call.comments.resolve({ id: reply.id });
  await expect(ofReply).rejects.toMatchObject({ reason: "not_found" });
  const byStranger = stranger.call.comments.resolve({ id });
  await expect(byStranger).rejects.toMatchObject({ reason: "not_found" });
});

test("whoever may see a comment sees what it said before; an undo takes a version back", async () => {
  const { owner, viewer, stranger } = team;
  const { id, createdAt } = await owner.call.comments.create({ taskId, body: "one" });
  const versions = async ({ call } = viewer) =>
    (await call.comments.versions({ id })).map(({ body }) => body);
  await owner.call.comments.update({ id, body: "two" });
  const mutationId = uuidv7();
  await owner.call.comments.update({ id, body: "three", mutationId });
  expect(await versions()).toEqual(["two", "one"]);
  expect((await viewer.call.comments.versions({ id })).at(-1)?.at).toEqual(createdAt);
  await owner.call.comments.undo({ id, of: mutationId });
  expect(await versions()).toEqual(["one"]);
  await expect(versions(stranger)).rejects.toMatchObject({ reason: "not_found" });
  await owner.call.comments.delete({ id });
  await expect(versions(owner)).rejects.toMatchObject({ reason: "not_found" });
});
