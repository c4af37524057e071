import { expect, it } from "vitest";
import { common, sameValue, withChange } from "./common-values.ts";

it("adds and removes what was changed of the common ids, and leaves the others", () => {
  expect(common([["a", "b"], ["b"], ["c", "b"]])).toEqual(["b"]);
  expect(withChange(["a", "b"], ["b"], ["c"])).toEqual(["a", "c"]);
});

it("knows one value only where all have it", () => {
  expect(sameValue([{ n: 1 }, { n: 1 }], ({ n }) => n)).toBe(1);
  expect(sameValue([{ n: 1 }, { n: 2 }], ({ n }) => n)).toBeNull();
});
