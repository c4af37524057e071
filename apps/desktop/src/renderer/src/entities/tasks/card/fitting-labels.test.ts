import { expect, it } from "vitest";
import { aTask } from "@/entities/tasks/testing-tasks.ts";
import { widthForLabels } from "./fitting-labels.ts";

const tenPerLetter = (text: string) => text.length * 10;

it("leaves to the labels what the other facts of a card do not take", () => {
  const bare = aTask({});
  const width = 226;
  expect(widthForLabels(bare, { width }, tenPerLetter)).toBe(200);
  const full = { ...bare, priority: "high", commentCount: 3 } as const;
  const subtasks = { done: 1, total: 2 };
  // 24 for the priority, 16 + 10 + 8 for the comments, 16 + 30 + 8 for the subtasks
  expect(widthForLabels(full, { width, subtasks }, tenPerLetter)).toBe(88);
});
