import { expect, test } from "vitest";
import {
  nothingAsked,
  readSearchAddress,
  type SearchAddress,
  toQuestion,
  writeSearchAddress,
} from "./search-params.ts";

test("what is asked is in the address, and comes back from it", () => {
  const asked: SearchAddress = {
    text: "kiln & 50 % + “é”",
    kind: "document",
    project: "APP",
    person: "6a52d4a0-0000-7000-8000-000000000000",
    state: "open",
    changed: "week",
  };
  expect(readSearchAddress(writeSearchAddress(asked))).toEqual(asked);
  expect(writeSearchAddress(nothingAsked)).toBe("");
  expect(readSearchAddress("?kind=spell&state=&changed=eon")).toEqual(nothingAsked);
});

test("“this week” begins at the midnight six days ago, whatever the hour", () => {
  const asked = { ...nothingAsked, changed: "week" as const };
  const question = (hour: number) => toQuestion(asked, undefined, new Date(2026, 10, 25, hour));
  expect(question(1)).toEqual({ text: "", from: new Date(2026, 10, 19) });
  expect(question(23)).toEqual(question(1));
});
