import { refusal } from "@guildhall/testing/export-files";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readJson } from "./read-json.ts";
import { scanJson } from "./scan-json.ts";

test("nesting without end is refused with its place, before anything recurses", () => {
  for (const text of ["[".repeat(200_000), '{"a":'.repeat(200_000)]) {
    const error = refusal(() => readJson(text));
    expect(error.reason).toBe("json_too_deep");
    expect(error.message).toContain("line 1, column");
  }
  expect(readJson(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeDefined();
});

test.each([
  ['[\n  {"a": 1},\n  {"b"', "line 3, column 7", "“:”"],
  ['[{"a": "unfin', "line 1, column 14", "closing quote"],
  ['[{"a": "x\\u00', "line 1, column 14", "closing quote"],
  ["[1, 2", "line 1, column 6", "“,” or the closing bracket"],
  ["[tru", "line 1, column 5", "the rest of a value"],
  ["{", "line 1, column 2", "a name in quotes or “}”"],
])("half a file: %j stops at %s, where %s was expected", (text, place, expected) => {
  const error = refusal(() => readJson(text));
  expect(error.reason).toBe("file_truncated");
  expect(error.message).toContain(place);
  expect(error.message).toContain(expected);
});

test.each([
  ["[1,]", "line 1, column 4"],
  ['{"a": NaN}', "line 1, column 7"],
  ["{'a': 1}", "line 1, column 2"],
  ['["a\nb"]', "line 1, column 4"],
  ['["\\x"]', "line 1, column 3"],
  ["[1}", "line 1, column 3"],
])("broken JSON %j is refused at %s", (text, place) => {
  const error = refusal(() => readJson(text));
  expect(error.reason).toBe("json_invalid");
  expect(error.message).toContain(place);
});

test("pages of one list, written one after another, are one list", () => {
  expect(readJson("[1,2]\n[3]")).toEqual([1, 2, 3]);
});

test("the scan accepts exactly what JSON.parse accepts", () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", '"', "]", "}", ",", "\\", "e", "0", "\u0001"))
    .map(([json, at, char]) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + char + json.slice(place + (char === "" ? 1 : 0));
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
      const { ends, fault } = scanJson(text, 1_000);
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      expect(fault === null && ends.length === 1).toBe(parses);
    }),
    { numRuns: 2_000 },
  );
});
