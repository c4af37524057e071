import { expect, test } from "vitest";
import { editSessionsOf, type Written } from "./edit-sessions.ts";

const minute = (n: number) => new Date(Date.UTC(2026, 0, 5, 9, n));
/** "a0 a3 b4": who wrote, and at which minute. */
const written = (text: string): Written[] =>
  text
    .split(" ")
    .map((one, i) => ({ seq: i + 1, actorId: one[0] ?? null, at: minute(Number(one.slice(1))) }));
const seqs = (text: string) => editSessionsOf(written(text)).map(({ seq }) => seq);

test("a pause ends an edit session, a short one only when somebody else takes over", () => {
  expect(seqs("a0 a3 a9 a12")).toEqual([4]);
  expect(seqs("a0 a3 a13 a14")).toEqual([2, 4]);
  expect(seqs("a0 b1 a2 b5")).toEqual([4]);
  expect(seqs("a0 a3 b5 b6")).toEqual([2, 4]);
});

test("who never pauses gets a version an hour", () => {
  const all = Array.from({ length: 130 }, (_, i) => `a${i}`).join(" ");
  expect(seqs(all)).toEqual([60, 120, 130]);
});

test("it tells who wrote and from when to when, and goes on where the last one ended", () => {
  const [first] = editSessionsOf(written("a0 b1 a2"));
  const expected = { seq: 3, authorIds: ["a", "b"], startedAt: minute(0), endedAt: minute(2) };
  expect(first).toEqual(expected);
  const more = { seq: 4, actorId: "c", at: minute(3) };
  expect(editSessionsOf([more], first)).toEqual([
    { ...expected, seq: 4, authorIds: ["a", "b", "c"], endedAt: minute(3) },
  ]);
});
