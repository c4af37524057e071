import { expect, test } from "vitest";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { DocumentComment, DocumentThread } from "@/sync/types.ts";
import { overlayThreads } from "./apply-to-threads.ts";

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
const said = (id: string, threadId: string): DocumentComment => ({
  id,
  threadId,
  documentId: "d",
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
  const begin = entry({ act: "documentComments.begin", input });
  const waiting = overlayThreads({ threads: [], comments: [] }, [begin], place);
  expect(waiting).toMatchObject([
    { id: "t", edit: { state: "waiting" }, comments: [{ id: "c", body: "Hm", authorId: "me" }] },
  ]);
  const known = { threads: [thread("t")], comments: [said("c", "t")] };
  expect(overlayThreads(known, [begin], place)).toEqual([
    { ...thread("t"), comments: [said("c", "t")] },
  ]);
  expect(
    overlayThreads({ threads: [], comments: [] }, [begin], { ...place, documentId: "e" }),
  ).toEqual([]);
});

test("the last comment deleted takes the thread away; a refusal brings it back with its words", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const remove = { act: "documentComments.delete", input: { id: "c" } };
  expect(overlayThreads(rows, [entry(remove)], place)).toEqual([]);
  expect(overlayThreads(rows, [entry(remove, true)], place)).toMatchObject([
    { comments: [{ id: "c", edit: { state: "failed", message: "No." } }] },
  ]);
});

test("what is done one after the other ends as the last of it", () => {
  const rows = { threads: [thread("t")], comments: [said("c", "t")] };
  const acts = [
    { act: "documentComments.resolve", input: { id: "t" } },
    { act: "documentComments.reply", input: { id: "r", threadId: "t", body: "First" } },
    { act: "documentComments.update", input: { id: "r", body: "Second" } },
    { act: "documentComments.reopen", input: { id: "t" } },
  ].map((act) => entry(act));
  const [shown] = overlayThreads(rows, acts, place);
  expect(shown).toMatchObject({ resolvedAt: null, resolvedBy: null });
  expect(shown?.comments.map((c) => c.body)).toEqual(["Why?", "Second"]);
});
