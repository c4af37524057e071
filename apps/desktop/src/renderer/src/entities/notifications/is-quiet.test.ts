import { expect, test } from "vitest";
import { isQuiet } from "./is-quiet.ts";

const at = (time: string) => new Date(`2026-11-30T${time}:00`);

test("quiet hours go over midnight, begin with their first minute and end before their last", () => {
  const night = { from: "22:00", to: "07:00" };
  const quiet = ["21:59", "22:00", "23:59", "00:00", "06:59", "07:00", "12:00"].filter((time) =>
    isQuiet(night, at(time)),
  );
  expect(quiet).toEqual(["22:00", "23:59", "00:00", "06:59"]);
  const noon = { from: "12:00", to: "13:00" };
  expect(isQuiet(noon, at("12:30"))).toBe(true);
  expect(isQuiet(noon, at("13:00"))).toBe(false);
  expect(isQuiet(null, at("12:30"))).toBe(false);
});
