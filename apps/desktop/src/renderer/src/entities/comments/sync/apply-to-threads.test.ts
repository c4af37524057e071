import { expect, test } from "vitest";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import { commentsOfTask } from "./apply-to-comments.ts";
import { threadsOfDocument } from "./apply-to-threads.ts";
import type { Comment, DocumentThread } from "./comment.ts";

const place = { documentId: "d", myId: "me" };
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
});
let made = 0;
const entry = (act: object, refused = false) =>
  ({
    id: `019abcde-f000-7000-8000-00000000000${made++}`,
    ...act,
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
  const begin = entry({ act: "threads.begin", input });
  const waiting = threadsOfDocument({ threads: [], comments: [] }, [begin], place);
  expect(waiting).toMatchObject([
    { id: "t", edit: { state: "waiting" }, comments: [{ id: "c", body: "Hm", authorId: "me" }] },
  ]);
  const known = { threads: [thread("t")], comments: [said("c", "t")] };
  expect(threadsOfDocument(known, [begin], place)).toEqual([
    { ...thread("t"), comments: [said("c", "t")] },
  ]);
  expect(
    threadsOfDocument({ threads: [], comments: [] }, [begin], { ...place, documentId: "e" }),
  ).toEqual([]);
});

test("the last comment deleted takes the thread away; a refusal brings it back with its words", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const remove = { act: "comments.delete", input: { id: "c" } };
  expect(threadsOfDocument(rows, [entry(remove)], place)).toEqual([]);
  expect(threadsOfDocument(rows, [entry(remove, true)], place)).toMatchObject([
    { comments: [{ id: "c", edit: { state: "failed", message: "No." } }] },
  ]);
});

test("what is done one after the other ends as the last of it", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const acts = [
    { act: "threads.resolve", input: { id: "t" } },
    { act: "comments.create", input: { id: "r", threadId: "t", body: "First" } },
    { act: "comments.update", input: { id: "r", body: "Second" } },
    { act: "threads.reopen", input: { id: "t" } },
  ].map((act) => entry(act));
  const [shown] = threadsOfDocument(rows, acts, place);
  expect(shown).toMatchObject({ resolvedAt: null, resolvedBy: null });
  expect(shown?.comments.map((c) => c.body)).toEqual(["Why?", "Second"]);
});

const onTask = (id: string): Comment => ({
  ...said(id, ""),
  ...{ taskId: "1", threadId: null, documentId: null },
});

test("comments: written, changed and deleted ones show at once", () => {
  const write = entry({ act: "comments.create", input: { id: "n", taskId: "1", body: "new" } });
  const edit = entry({ act: "comments.update", input: { id: "a", body: "better" } });
  const remove = entry({ act: "comments.delete", input: { id: "b" } });
  const shown = commentsOfTask([onTask("a"), onTask("b")], [write, edit, remove], {
    taskId: "1",
    myId: "me",
  });
  expect(shown.map((c) => [c.id, c.body])).toEqual([
    ["a", "better"],
    ["n", "new"],
  ]);
});
