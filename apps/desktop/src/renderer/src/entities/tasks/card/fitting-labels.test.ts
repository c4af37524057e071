import { expect, it } from "vitest";
import { wholeNames, widthForLabels } from "./fitting-labels.ts";

const tenPerLetter = (text: string) => text.length * 10;

it("names as many labels as fit whole, and leaves room for the dots of the others", () => {
  const names = ["bug", "docs", "design"];
  // 60 + 4 + 70 + 4 + 90
  expect(wholeNames(names, 228, tenPerLetter)).toBe(3);
  // 60 + 4 + 70, and 4 + 22 for a dot
  expect(wholeNames(names, 227, tenPerLetter)).toBe(2);
  expect(wholeNames(names, 159, tenPerLetter)).toBe(1);
  expect(wholeNames(names, 50, tenPerLetter)).toBe(0);
});

it("rather cuts a single name off than hides it", () => {
  expect(wholeNames(["accessibility"], 70, tenPerLetter)).toBe(1);
  expect(wholeNames(["accessibility"], 40, tenPerLetter)).toBe(0);
});

it("leaves to the labels what the other facts of a card do not take", () => {
  const bare = { priority: "none", dueDate: null, commentCount: 0 } as const;
  const width = 226;
  expect(widthForLabels(bare, { width }, tenPerLetter)).toBe(200);
  const full = { ...bare, priority: "high", commentCount: 3 } as const;
  const subtasks = { done: 1, total: 2 };
  // 24 for the priority, 16 + 10 + 8 for the comments, 16 + 30 + 8 for the subtasks
  expect(widthForLabels(full, { width, subtasks }, tenPerLetter)).toBe(88);
});
