import { expect, test } from "vitest";
import { type OutboxEntry, readEntry } from "./outbox-store.ts";

const names = new Map([["documentComments.reply", "comments.create"]]);
const left = { id: "e", userId: "u", workspaceId: "w", label: "Something" };
const at = new Date("2026-11-01T10:00:00Z");

/** As the version of 30 November 2026 wrote it into IndexedDB. */
const read = (earlier: object) =>
  readEntry({ ...left, ...earlier } as unknown as OutboxEntry, names);

test("what a page of an earlier version left waiting is sent under the name of now", () => {
  const input = { id: "c", threadId: "t", body: "Since March." };
  const reply = read({ act: "documentComments.reply", input });
  expect(reply).toEqual({ ...left, mutation: "comments.create", input });
  expect(readEntry({ ...reply, mutation: "documentComments.reply" }, names)).toEqual(reply);
});

test("what it shows until the server answers was in a field of its own for each kind", () => {
  const input = { id: "1" };
  const refusal = { reason: "role_too_low", message: "Nothing was changed." };
  const task = { id: "1", title: "New", createdAt: at };
  const cases = [
    [
      { act: "tasks.create", shown: task },
      { mutation: "tasks.create", shown: task },
    ],
    [
      { act: "tasks.move", place: { rank: "a5" }, refusal },
      { mutation: "tasks.move", shown: { rank: "a5" }, refusal },
    ],
    [
      { act: "tasks.undo", swaps: [task] },
      { mutation: "tasks.undo", shown: [task] },
    ],
    [
      { act: "documents.create", shownDocuments: [task] },
      { mutation: "documents.create", shown: [task] },
    ],
    [
      { act: "documents.undo", documentSwap: task },
      { mutation: "documents.undo", shown: task },
    ],
    [{ act: "comments.delete" }, { mutation: "comments.delete" }],
  ] as const;
  for (const [earlier, now] of cases) {
    expect(read({ ...earlier, input })).toEqual({ ...left, ...now, input });
  }
});

test("an entry of this version stays as it is", () => {
  const entry = { ...left, mutation: "tasks.move", input: { id: "1" }, shown: { rank: "a5" } };
  expect(readEntry(entry, names)).toEqual(entry);
});
