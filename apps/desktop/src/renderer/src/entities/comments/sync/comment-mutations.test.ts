import { expect, test } from "vitest";
import { byPath } from "@/sync/define-mutation.ts";
import { applyOptimistically } from "@/sync/optimistic.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { Comment, DocumentThread, DocumentThreads } from "./comment.ts";
import * as commentMutations from "./comment-mutations.ts";
import { saidIn, saidView, threadsOf } from "./comment-view.ts";

type Place = Parameters<typeof saidIn>[1]["place"];
function shown(rows: DocumentThreads, entries: OutboxEntry[], place: Place) {
  const state = saidIn(rows, { place, myId: "me" });
  applyOptimistically(byPath(Object.values(commentMutations)), { view: saidView, state }, entries);
  return state;
}
const threadsOfDocument = (rows: DocumentThreads, entries: OutboxEntry[], place: Place) =>
  threadsOf(shown(rows, entries, place));

const place = { documentId: "d" };
const at = new Date("2026-01-05T10:00:00Z");
const anchor = { from: "AQAA", to: "AQAB" };
const thread = (id: string): DocumentThread => ({
  id,
  documentId: "d",
  anchor,
  quote: "words",
  createdBy: "ann",
  createdAt: at,
  resolvedAt: null,
  resolvedBy: null,
});
const said = (id: string, threadId: string): Comment => ({
  id,
  taskId: null,
  threadId,
  documentId: "d",
  sourceAuthor: null,
  authorId: "ann",
  body: "Why?",
  createdAt: at,
  editedAt: null,
  rootId: null,
  resolvedAt: null,
  resolvedBy: null,
  reactions: [],
});
let made = 0;
const entry = (asked: object, refused = false) =>
  ({
    id: `019abcde-f000-7000-8000-00000000000${made++}`,
    ...asked,
    ...(refused && { refusal: { reason: "not_yours", message: "No." } }),
  }) as OutboxEntry;

test("a thread that waits is shown with its comment, until the server's row is there", () => {
  const input = {
    id: "t",
    documentId: "d",
    anchor,
    quote: "words",
    comment: { id: "c", body: "Hm" },
  };
  const begin = entry({ mutation: "threads.begin", input });
  const waiting = threadsOfDocument({ threads: [], comments: [] }, [begin], place);
  expect(waiting).toMatchObject([
    { id: "t", edit: { state: "waiting" }, comments: [{ id: "c", body: "Hm", authorId: "me" }] },
  ]);
  const known = { threads: [thread("t")], comments: [said("c", "t")] };
  expect(threadsOfDocument(known, [begin], place)).toEqual([
    { ...thread("t"), comments: [said("c", "t")] },
  ]);
  expect(threadsOfDocument({ threads: [], comments: [] }, [begin], { documentId: "e" })).toEqual(
    [],
  );
});

test("the last comment deleted takes the thread away; a refusal brings it back with its words", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const remove = { mutation: "comments.delete", input: { id: "c" } };
  expect(threadsOfDocument(rows, [entry(remove)], place)).toEqual([]);
  expect(threadsOfDocument(rows, [entry(remove, true)], place)).toMatchObject([
    { comments: [{ id: "c", edit: { state: "failed", message: "No." } }] },
  ]);
});

test("what is done one after the other ends as the last of it", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const done = [
    { mutation: "threads.resolve", input: { id: "t" } },
    { mutation: "comments.create", input: { id: "r", threadId: "t", body: "First" } },
    { mutation: "comments.update", input: { id: "r", body: "Second" } },
    { mutation: "threads.reopen", input: { id: "t" } },
  ].map((asked) => entry(asked));
  const [first] = threadsOfDocument(rows, done, place);
  expect(first).toMatchObject({ resolvedAt: null, resolvedBy: null });
  expect(first?.comments.map((c) => c.body)).toEqual(["Why?", "Second"]);
});

const onTask = (id: string): Comment => ({
  ...said(id, ""),
  ...{ taskId: "1", threadId: null, documentId: null },
});

test("comments: written, changed and deleted ones show at once", () => {
  const write = entry({
    mutation: "comments.create",
    input: { id: "n", taskId: "1", body: "new" },
  });
  const edit = entry({ mutation: "comments.update", input: { id: "a", body: "better" } });
  const remove = entry({ mutation: "comments.delete", input: { id: "b" } });
  const rows = { threads: [], comments: [onTask("a"), onTask("b")] };
  const { comments } = shown(rows, [write, edit, remove], { taskId: "1" });
  expect([...comments.current.values()].map((c) => [c.id, c.body])).toEqual([
    ["a", "better"],
    ["n", "new"],
  ]);
});

test("an undo shows at once, and nothing of it where somebody has changed the comment since", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const swap = { id: "c", from: { body: "Why?" }, to: { body: "What?" } };
  const asked = { mutation: "comments.undo", input: { id: "c", of: "m" } };
  const bodies = (shown: object, all = rows) =>
    threadsOfDocument(all, [entry({ ...asked, shown })], place).flatMap(({ comments }) =>
      comments.map(({ body }) => body),
    );
  expect(bodies(swap)).toEqual(["What?"]);
  expect(bodies({ ...swap, from: { body: "Other" } })).toEqual(["Why?"]);
  expect(bodies({ id: "c", from: { id: "c" }, to: null })).toEqual([]);
  const deleted = { threads: [thread("t")], comments: [] };
  expect(bodies({ id: "c", from: null, to: said("c", "t") }, deleted)).toEqual(["Why?"]);
  expect(bodies({ id: "c", from: null, to: { id: "c" } }, deleted)).toEqual([]);
});
