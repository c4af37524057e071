import { expect, test } from "vitest";
import { snoozeTimes } from "./snooze-times.ts";

const at = (day: string, hour: number) => new Date(`${day}T${String(hour).padStart(2, "0")}:30:00`);
const days = (now: Date) =>
  snoozeTimes(now).map(({ until }) => `${until.toDateString()} ${until.getHours()}`);

test("snoozed for some hours, to tomorrow's morning, or to the next Monday's", () => {
  expect(days(at("2026-11-27", 14))).toEqual([
    "Fri Nov 27 2026 17",
    "Sat Nov 28 2026 9",
    "Mon Nov 30 2026 9",
  ]);
});

test("on a Sunday and on a Monday the next Monday is still to come", () => {
  expect(days(at("2026-11-29", 8)).at(-1)).toBe("Mon Nov 30 2026 9");
  expect(days(at("2026-11-30", 8)).at(-1)).toBe("Mon Dec 07 2026 9");
});
