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

async function comment() {
  const { viewer, task } = team;
  const { id: taskId } = await task();
  return viewer.call.comments.create({ taskId, body: "Shall we?" });
}

test("whoever sees a comment answers it by an emoji, and takes it back", async () => {
  const { owner, viewer, stranger, changesOf } = team;
  const { id: commentId, taskId } = await comment();
  const thumb = { commentId, emoji: "👍" };
  await expect(stranger.call.reactions.toggle(thumb)).rejects.toEqual(reason("not_found"));
  const changes = await changesOf(() => viewer.call.reactions.toggle(thumb));
  const byViewer = { emoji: "👍", userIds: [viewer.user.id] };
  expect(changes).toMatchObject([
    { entity: "comment", op: "update", id: commentId, row: { reactions: [byViewer] } },
  ]);
  await owner.call.reactions.toggle({ commentId, emoji: "🎉" });
  await owner.call.reactions.toggle(thumb);
  const [read] = await owner.call.comments.list({ taskId: taskId ?? "" });
  expect(read?.reactions).toEqual([
    { emoji: "👍", userIds: [viewer.user.id, owner.user.id] },
    { emoji: "🎉", userIds: [owner.user.id] },
  ]);
  const { reactions } = await viewer.call.reactions.toggle(thumb);
  expect(reactions.map(({ userIds }) => userIds)).toEqual([[owner.user.id], [owner.user.id]]);
});

test("what was already so on another device stays so, and is no change", async () => {
  const { editor, changesOf } = team;
  const { id: commentId } = await comment();
  const set = { commentId, emoji: "✅", isSet: true };
  expect(await changesOf(() => editor.call.reactions.toggle(set))).toHaveLength(1);
  expect(await changesOf(() => editor.call.reactions.toggle(set))).toEqual([]);
  const unset = { ...set, isSet: false };
  expect((await editor.call.reactions.toggle(unset)).reactions).toEqual([]);
  expect((await editor.call.reactions.toggle(unset)).reactions).toEqual([]);
});

test("each says the same once, however many do at once", async () => {
  const { owner, editor, viewer } = team;
  const { id: commentId } = await comment();
  const people = [owner, editor, viewer];
  const all = Array.from({ length: 30 }, (_, i) =>
    people[i % 3]?.call.reactions.toggle({ commentId, emoji: "❤️", isSet: true }),
  );
  await Promise.all(all);
  const { reactions } = await owner.call.reactions.toggle({
    commentId,
    emoji: "❤️",
    isSet: true,
  });
  expect(reactions).toEqual([{ emoji: "❤️", userIds: expect.any(Array) }]);
  expect(new Set(reactions[0]?.userIds)).toEqual(new Set(people.map(({ user }) => user.id)));
  expect(reactions[0]?.userIds).toHaveLength(3);
});

test.each(["👍", "❤️", "🇫🇮", "👩‍👩‍👧‍👦", "👋🏽", "#️⃣"])("%s is one emoji", async (emoji) => {
  const { id: commentId } = await comment();
  const { reactions } = await team.owner.call.reactions.toggle({ commentId, emoji });
  expect(reactions).toMatchObject([{ emoji }]);
});

test.each(["", "x", "👍👍", "👍 ", "#", "<b>", "🏽👍", "\u0000"])("%j is none", async (emoji) => {
  const { id: commentId } = await comment();
  await expect(team.owner.call.reactions.toggle({ commentId, emoji })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("a comment has twenty different ones at most; those that are there can still be joined", async () => {
  const { owner, viewer } = team;
  const { id: commentId } = await comment();
  for (let i = 0; i < 20; i++) {
    await owner.call.reactions.toggle({ commentId, emoji: String.fromCodePoint(0x1f600 + i) });
  }
  const more = viewer.call.reactions.toggle({ commentId, emoji: "🐈" });
  await expect(more).rejects.toEqual(reason("too_many_reactions"));
  const joined = await viewer.call.reactions.toggle({ commentId, emoji: "\u{1f600}" });
  expect(joined.reactions[0]?.userIds).toHaveLength(2);
});

test("nothing answers a deleted comment; restored, it has what it had", async () => {
  const { viewer, owner } = team;
  const { id: commentId } = await comment();
  const thumb = { commentId, emoji: "👍" };
  await owner.call.reactions.toggle(thumb);
  await viewer.call.comments.delete({ id: commentId });
  await expect(owner.call.reactions.toggle(thumb)).rejects.toEqual(reason("not_found"));
  const restored = await viewer.call.comments.restore({ id: commentId });
  expect(restored.reactions).toEqual([{ emoji: "👍", userIds: [owner.user.id] }]);
});
