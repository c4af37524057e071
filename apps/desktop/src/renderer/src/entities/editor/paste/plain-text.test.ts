import { expect, test } from "vitest";
import { kindOf, withoutColours } from "./plain-text.ts";

test.each([
  ["Only words, with a dash - and 3 * 4.\n\nAnother paragraph.", "words"],
  ["# Title\n\nSome text", "markdown"],
  ["- one\n- two", "markdown"],
  ["See [the docs](https://example.com).", "markdown"],
  ["| a | b |\n| - | - |\n| 1 | 2 |", "markdown"],
  ["$ ls\nREADME.md  src", "terminal"],
  ["ann@mill:~/wheel$ git status\nOn branch main", "terminal"],
  ["NAME   READY   STATUS\napi    1/1     Running\nweb    0/1     Pending", "terminal"],
  ["\u001b[32mok\u001b[0m 12 passed", "terminal"],
  ["https://example.com/a_b_c", "words"],
])("%j is taken for %s", (text, kind) => {
  expect(kindOf(text)).toBe(kind);
});

test("a terminal's colours are no text", () => {
  expect(withoutColours("\u001b[1;32mok\u001b[0m \u001b]0;title\u0007done")).toBe("ok done");
});
