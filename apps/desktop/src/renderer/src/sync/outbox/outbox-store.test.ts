import superjson from "superjson";
import { expect, test } from "vitest";
import { readEntry } from "./outbox-store.ts";

test("what a page of an earlier version left waiting is sent under the name of now", () => {
  const left = { id: "e", workspaceId: "w", label: "Reply in a document", n: 1 };
  const input = { id: "c", threadId: "t", body: "Since March." };
  const stored = superjson.serialize({ ...left, act: "documentComments.reply", input });
  expect(readEntry(stored)).toEqual({ ...left, act: "comments.create", input });
  const moved = { ...left, act: "tasks.move", input: { id: "1" } };
  expect(readEntry(superjson.serialize(moved))).toEqual(moved);
});
