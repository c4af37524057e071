import { expect, it } from "vitest";
import { aTask } from "@/entities/tasks/testing-tasks.ts";
import { shownTitle, taskCardHeight, titleLines } from "./task-card-height.ts";

const bare = aTask({ title: "Short" });
/** Every letter seven pixels wide, lines broken between words, as a page does it. */
const measure = {
  widthOf: (text: string) => text.length * 7,
  linesIn(text: string, width: number) {
    const most = Math.floor(width / 7);
    let [lines, used] = [1, 0];
    for (const word of text.split(" ")) {
      if (used > 0 && used + 1 + word.length > most) [lines, used] = [lines + 1, 0];
      used += (used > 0 ? 1 : 0) + word.length;
      while (used > most) [lines, used] = [lines + 1, used - most];
    }
    return lines;
  },
};

it("gives a title its second line only when the first is full", () => {
  expect(titleLines("x".repeat(39), 300, measure)).toBe(1);
  expect(titleLines("x".repeat(40), 300, measure)).toBe(2);
});

it("adds a row for what hangs on the card, once", () => {
  const look = { width: 300, subtasks: 0 };
  const height = taskCardHeight(bare, look, measure);
  const withDate = taskCardHeight({ ...bare, dueDate: "2026-12-03" }, look, measure);
  const withAll = taskCardHeight(
    { ...bare, dueDate: "2026-12-03", labelIds: ["a", "b"], priority: "high", commentCount: 3 },
    { width: 300, subtasks: 2 },
    measure,
  );
  expect(withDate).toBeGreaterThan(height);
  expect(withAll).toBe(withDate);
});

it("tells by the letters alone, and asks of the whole only where it is near", () => {
  const asked: string[] = [];
  const counting = {
    ...measure,
    linesIn(text: string, width: number) {
      asked.push(text);
      return measure.linesIn(text, width);
    },
  };
  expect(titleLines("x".repeat(20), 300, counting)).toBe(1);
  expect(titleLines("x".repeat(80), 300, counting)).toBe(2);
  expect(asked).toEqual([]);
  expect(titleLines("x".repeat(39), 300, counting)).toBe(1);
  expect(asked).toEqual(["x".repeat(39)]);
});

it("asks of scripts whose letters join as a whole", () => {
  const joined = { widthOf: () => 1_000, linesIn: () => 1 };
  expect(titleLines("ترتيب البطاقات", 300, joined)).toBe(1);
});

it("shows whole words of a title that is too long for two lines", () => {
  const title =
    "Say which books a library card cannot borrow, and why, in the language of the reader";
  const shown = shownTitle(title, 200, measure);
  expect(measure.linesIn(shown, 174)).toBe(2);
  expect(shown).toMatch(/\w…$/);
  expect(title).toMatch(new RegExp(`^${shown.slice(0, -1)}\\b`));
  expect(shownTitle("Short", 200, measure)).toBe("Short");
  expect(shownTitle("x".repeat(200), 200, measure)).toBe(`${"x".repeat(47)}…`);
});
