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

it("tells by the letters alone, and measures the whole only where it is near", () => {
  const measured: string[] = [];
  const width = (text: string) => {
    if (text.length > 1) measured.push(text);
    return text.length * 7;
  };
  expect(titleLines("x".repeat(20), 300, width)).toBe(1);
  expect(titleLines("x".repeat(80), 300, width)).toBe(2);
  expect(measured).toEqual([]);
  expect(titleLines("x".repeat(39), 300, width)).toBe(1);
  expect(measured).toEqual(["x".repeat(39)]);
});

it("measures scripts whose letters join as a whole", () => {
  expect(titleLines("ترتيب البطاقات", 300, (text) => (text.length > 1 ? 100 : 1_000))).toBe(1);
});
