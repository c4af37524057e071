import { expect, it } from "vitest";
import { wholeNames } from "./whole-names.ts";

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
