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

const reason = (name: string) => expect.objectContaining({ reason: name });

test("a viewer may comment, the card counts it, and the feed carries both", async () => {
  const { viewer, task, changesOf } = team;
  const { id: taskId } = await task();
  const changes = await changesOf(() => viewer.call.comments.create({ taskId, body: " Hello " }));
  expect(changes).toMatchObject([
    { entity: "comment", op: "insert", row: { taskId, body: "Hello", authorId: viewer.user.id } },
    { entity: "task", op: "update", id: taskId, row: { commentCount: 1 } },
    { entity: "notification", op: "insert", row: { kind: "commented" } },
  ]);
  expect(await viewer.call.comments.list({ taskId })).toEqual([changes[0]?.row]);
});

test("comments made at once are all counted", async () => {
  const { owner, viewer, task } = team;
  const { id: taskId } = await task();
  const make = (i: number) =>
    (i % 2 ? owner : viewer).call.comments.create({ taskId, body: `Number ${i}` });
  await Promise.all(Array.from({ length: 10 }, (_, i) => make(i)));
  expect(await owner.call.tasks.get({ id: taskId })).toMatchObject({ commentCount: 10 });
});

test("only its author edits it; its author or an owner takes it away and brings it back", async () => {
  const { owner, editor, viewer, stranger, task, changesOf } = team;
  const { id: taskId } = await task();
  const { id } = await viewer.call.comments.create({ taskId, body: "First" });
  const edit = (who: typeof owner) => who.call.comments.update({ id, body: "Second" });
  await expect(edit(owner)).rejects.toEqual(reason("not_yours"));
  await expect(edit(stranger)).rejects.toEqual(reason("not_found"));
  const edited = await changesOf(() => edit(viewer));
  expect(edited).toMatchObject([
    { op: "update", id, row: { body: "Second", editedAt: expect.any(Date) } },
  ]);
  await expect(editor.call.comments.delete({ id })).rejects.toEqual(reason("not_yours"));
  const deleted = await changesOf(() => owner.call.comments.delete({ id }));
  expect(deleted).toMatchObject([
    { entity: "comment", op: "delete", id, row: null },
    { entity: "task", row: { commentCount: 0 } },
  ]);
  await expect(edit(viewer)).rejects.toEqual(reason("not_found"));
  const restored = await changesOf(() => viewer.call.comments.restore({ id }));
  expect(restored).toMatchObject([{ op: "insert", id }, { row: { commentCount: 1 } }]);
});
