import { expect, it } from "vitest";
import { taskCardHeight, titleLines } from "./task-card-height.ts";

const bare = {
  title: "Short",
  priority: "none" as const,
  labelIds: [],
  dueDate: null,
  commentCount: 0,
};
const sevenPerLetter = (text: string) => text.length * 7;

it("gives a title its second line only when the first is full", () => {
  expect(titleLines("x".repeat(39), 300, sevenPerLetter)).toBe(1);
  expect(titleLines("x".repeat(40), 300, sevenPerLetter)).toBe(2);
});

it("adds a row for what hangs on the card, once", () => {
  const look = { width: 300, subtasks: 0 };
  const height = taskCardHeight(bare, look, sevenPerLetter);
  const withDate = taskCardHeight({ ...bare, dueDate: "2026-12-03" }, look, sevenPerLetter);
  const withAll = taskCardHeight(
    { ...bare, dueDate: "2026-12-03", labelIds: ["a", "b"], priority: "high", commentCount: 3 },
    { width: 300, subtasks: 2 },
    sevenPerLetter,
  );
  expect(withDate).toBeGreaterThan(height);
  expect(withAll).toBe(withDate);
});
