import { expect, it } from "vitest";
import { passwordProblem } from "./password-rules.ts";

it("asks for eight characters", () => {
  expect(passwordProblem("1234567")).toContain("8 characters");
  expect(passwordProblem("12345678")).toBeNull();
});

it("counts the upper limit in bytes, and says by how many it is passed", () => {
  expect(passwordProblem("x".repeat(72))).toBeNull();
  expect(passwordProblem("x".repeat(73))).toContain("by 1 bytes");
  expect(passwordProblem("é".repeat(37))).toContain("by 2 bytes");
});
