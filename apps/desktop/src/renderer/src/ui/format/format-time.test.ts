import { describe, expect, it } from "vitest";
import { dueState, formatDay, formatDueDate, parseDay, relativeTime } from "./format-time.ts";

const now = new Date(2026, 10, 22, 9, 30);

describe("relativeTime", () => {
  it.each([
    [new Date(2026, 10, 22, 9, 29, 40), "just now"],
    [new Date(2026, 10, 22, 9, 23), "7 min. ago"],
    [new Date(2026, 10, 22, 6, 30), "3 hr. ago"],
    [new Date(2026, 10, 21, 19, 30), "yesterday"],
    [new Date(2026, 10, 18, 12), "4 days ago"],
    [new Date(2026, 10, 3), "Nov 3"],
    [new Date(2025, 11, 3), "Dec 3, 2025"],
  ])("says %s as people do", (at, words) => {
    expect(relativeTime(at, now, "en-US")).toBe(words);
  });
});

describe("due dates", () => {
  it("are days of the viewer's own zone", () => {
    expect(formatDay(parseDay("2026-03-01"))).toBe("2026-03-01");
    expect(parseDay("2026-03-01").getHours()).toBe(0);
  });

  it("are said as people do", () => {
    expect(formatDueDate("2026-11-22", now, "en-GB")).toBe("Today");
    expect(formatDueDate("2026-11-23", now, "en-GB")).toBe("Tomorrow");
    expect(formatDueDate("2026-11-26", now, "en-GB")).toBe("Thu");
    expect(formatDueDate("2026-12-03", now, "en-GB")).toBe("3 Dec");
  });

  it("are overdue from the day after", () => {
    expect(dueState("2026-11-21", now)).toBe("overdue");
    expect(dueState("2026-11-22", now)).toBe("soon");
    expect(dueState("2026-11-24", now)).toBe("later");
  });
});
