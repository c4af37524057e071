import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
let documentId: string;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  const { workspaceId } = team;
  documentId = (await team.editor.call.documents.create({ workspaceId, title: "Plan" })).id;
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const anchor = { from: "AQAA", to: "AQAB" };
const begin = (who: TestPerson, body = "Why?") =>
  who.call.threads.begin({ documentId, anchor, quote: "words", comment: { body } });

test("a viewer begins a thread and others answer; the feed carries both, a stranger sees none", async () => {
  const { viewer, editor, stranger, changesOf } = team;
  const changes = await changesOf(() => begin(viewer));
  const userId = viewer.user.id;
  expect(changes).toMatchObject([
    { entity: "documentThread", op: "insert", row: { documentId, anchor, quote: "words" } },
    {
      entity: "comment",
      op: "insert",
      row: { documentId, body: "Why?", authorId: userId },
    },
  ]);
  const threadId = changes[0]?.id ?? "";
  const replies = await changesOf(() =>
    editor.call.comments.create({ threadId, body: " Because. " }),
  );
  expect(replies).toMatchObject([{ entity: "comment", row: { threadId, body: "Because." } }]);
  expect(await viewer.call.threads.list({ documentId })).toEqual({
    threads: [changes[0]?.row],
    comments: [changes[1]?.row, replies[0]?.row],
  });
  await expect(stranger.call.threads.list({ documentId })).rejects.toEqual(reason("not_found"));
  await expect(begin(stranger)).rejects.toEqual(reason("not_found"));
  const reply = stranger.call.comments.create({ threadId, body: "Me too" });
  await expect(reply).rejects.toEqual(reason("not_found"));
});

test("a thread is resolved and reopened once, and only who writes the text puts it elsewhere", async () => {
  const { viewer, editor, changesOf } = team;
  const { thread } = await begin(viewer);
  const { id } = thread;
  const resolve = () => viewer.call.threads.resolve({ id });
  const resolved = await changesOf(async () => {
    await resolve();
    await resolve();
  });
  const resolvedBy = viewer.user.id;
  expect(resolved).toMatchObject([
    { entity: "documentThread", op: "update", row: { resolvedAt: expect.any(Date), resolvedBy } },
  ]);
  const reopened = await changesOf(() => editor.call.threads.reopen({ id }));
  expect(reopened).toMatchObject([{ id, row: { resolvedAt: null, resolvedBy: null } }]);
  const elsewhere = { id, anchor: { from: "AQAC", to: "AQAD" } };
  await expect(viewer.call.threads.reanchor(elsewhere)).rejects.toEqual(reason("role_too_low"));
  const moved = await changesOf(() => editor.call.threads.reanchor(elsewhere));
  expect(moved).toMatchObject([{ id, row: { anchor: elsewhere.anchor, quote: "words" } }]);
});

test("only its author edits it; its author or an owner takes it away and brings it back", async () => {
  const { owner, editor, viewer, changesOf } = team;
  const { comment } = await begin(viewer);
  const { id } = comment;
  const edit = (who: TestPerson) => who.call.comments.update({ id, body: "Second" });
  await expect(edit(owner)).rejects.toEqual(reason("not_yours"));
  const edited = await changesOf(() => edit(viewer));
  expect(edited).toMatchObject([{ id, row: { body: "Second", editedAt: expect.any(Date) } }]);
  await expect(editor.call.comments.delete({ id })).rejects.toEqual(reason("not_yours"));
  const deleted = await changesOf(() => owner.call.comments.delete({ id }));
  expect(deleted).toMatchObject([{ entity: "comment", op: "delete", id, row: null }]);
  await expect(edit(viewer)).rejects.toEqual(reason("not_found"));
  const restored = await changesOf(() => viewer.call.comments.restore({ id }));
  expect(restored).toMatchObject([{ op: "insert", id, row: { body: "Second" } }]);
});

test("a retry with the same mutation id begins one thread", async () => {
  const { viewer, changesOf } = team;
  const comment = { id: uuidv7(), body: "Once" };
  const input = { id: uuidv7(), documentId, anchor, quote: "", comment, mutationId: uuidv7() };
  const changes = await changesOf(async () => {
    const first = await viewer.call.threads.begin(input);
    expect(await viewer.call.threads.begin(input)).toEqual(first);
  });
  expect(changes).toHaveLength(2);
});
