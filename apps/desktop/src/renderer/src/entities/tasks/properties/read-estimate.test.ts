import { expect, test } from "vitest";
import { readEstimate } from "./read-estimate.ts";

test.each([
  ["", null],
  [" 3 ", 3],
  ["0,5", 0.5],
  ["10000", 10_000],
])("%j is an estimate", (text, estimate) =>
  expect(readEstimate(text)).toEqual({ isRead: true, estimate }),
);

test.each(["-1", "10001", "three", "1e3", "1.2.3"])("%j is none", (text) =>
  expect(readEstimate(text)).toEqual({ isRead: false }),
);
