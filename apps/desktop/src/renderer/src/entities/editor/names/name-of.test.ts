import { expect, test } from "vitest";
import { nameOf, wordBefore } from "./name-of.ts";

const hasProject = (key: string) => key === "APP";

test("a key names a task where there is its project", () => {
  expect(nameOf("APP-12", "w", hasProject)).toEqual({ target: "task", keyOrId: "APP-12" });
  for (const word of ["UTF-8", "app-12", "APP-0", "APP-", "APP", "xAPP-1", "APP-1x"]) {
    expect(nameOf(word, "w", hasProject)).toBeNull();
  }
});

test.each([
  ["see APP-1", "APP-1"],
  ["see (APP-1).", "APP-1"],
  ["APP-1", "APP-1"],
  ["\ufffcAPP-1,", "APP-1"],
  ["see ", null],
  ["...", null],
])("the last word of %j is %j", (text, word) => {
  const found = wordBefore(text, text.length);
  expect(found && text.slice(found.from, found.to)).toBe(word);
});
