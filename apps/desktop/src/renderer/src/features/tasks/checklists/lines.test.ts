import { expect, test } from "vitest";
import { linesOf, MOST_ITEMS } from "./lines.ts";

test("each line that says something is an item, without the marks of a list", () => {
  const pasted =
    "- [ ] Oil\r\n- [x]  Paint the  door\n\n* Hang\n2. Clean\n[X] Lock\n3.5 mm drill\n-10 °C";
  expect(linesOf(pasted)).toEqual([
    { text: "Oil", isDone: false },
    { text: "Paint the door", isDone: true },
    { text: "Hang", isDone: false },
    { text: "Clean", isDone: false },
    { text: "Lock", isDone: true },
    { text: "3.5 mm drill", isDone: false },
    { text: "-10 °C", isDone: false },
  ]);
});

test("no more than a task takes, and no longer than an item takes", () => {
  expect(linesOf("a\n".repeat(2_000))).toHaveLength(MOST_ITEMS);
  expect(linesOf("b".repeat(2_000))[0]?.text).toHaveLength(1_000);
});
