import { expect, test } from "vitest";
import { fieldValue, readMoment } from "./moment.ts";

const now = new Date(2026, 2, 12, 14, 5, 33);

test("an address says a change by its number, or a time; without either it is a day ago", () => {
  expect(readMoment("120", now)).toEqual({ seq: 120 });
  expect(readMoment(120, now)).toEqual({ seq: 120 });
  const at = new Date(2026, 2, 1, 9);
  expect(readMoment(at.toISOString(), now)).toEqual({ at });
  for (const none of [undefined, "", "soon"]) {
    expect(readMoment(none, now)).toEqual({ at: new Date(2026, 2, 11, 14, 5) });
  }
});

test("the field has the time of the viewer's own zone", () => {
  expect(fieldValue(now)).toBe("2026-03-12T14:05");
  expect(new Date(fieldValue(now))).toEqual(new Date(2026, 2, 12, 14, 5));
});
