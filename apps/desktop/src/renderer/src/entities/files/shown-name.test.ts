import { shownName } from "@guildhall/api/client";
import { expect, test } from "vitest";
import { formatFileName } from "./shown-name.ts";

test("a name cannot pose as another one, nor turn the sentence around it", () => {
  expect(shownName("photo_\u202egpj.exe")).toBe("photo_\ufffdgpj.exe");
  for (const mark of "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
    expect(shownName(`a${mark}b`)).toBe("a\ufffdb");
  }
  expect(shownName("תקציב 2026.csv")).toBe("תקציב 2026.csv");
  expect(formatFileName("a.txt")).toBe("\u2068a.txt\u2069");
});

test("a long name is cut between letters and keeps its ending", () => {
  const words = formatFileName(`${"😀".repeat(61)}.png`);
  expect(words).toBe(`\u2068${"😀".repeat(40)}…${"😀".repeat(12)}.png\u2069`);
});
