import { expect, test } from "vitest";
import { dayOrderOf, parseDate } from "./parse-date.ts";

test.each([
  ["07/Jul/14 3:44 PM", "2014-07-07T15:44:00.000Z"],
  ["07/Jul/14 12:05 AM", "2014-07-07T00:05:00.000Z"],
  ["2014-07-07T15:44:10.123+0200", "2014-07-07T13:44:10.123Z"],
  ["2014-07-07 15:44", "2014-07-07T15:44:00.000Z"],
  ["Jul 7, 2014, 3:44 PM", "2014-07-07T15:44:00.000Z"],
  ["Tue Aug 23 2022 13:54:01 GMT+0000 (GMT)", "2022-08-23T13:54:01.000Z"],
  ["Wed Aug 24 2022 14:06:02 GMT-0230 (Some Time)", "2022-08-24T16:36:02.000Z"],
  ["Tue, 23 Aug 2022 13:54:01 GMT", "2022-08-23T13:54:01.000Z"],
  ["07.07.2014", "2014-07-07T00:00:00.000Z"],
  ["3/4/24", "2024-03-04T00:00:00.000Z"],
  ["1/Feb/70", "1970-02-01T00:00:00.000Z"],
])("%s is %s", (text, iso) => {
  expect(parseDate(text)?.instant.toISOString()).toBe(iso);
});

test.each([
  "",
  "version 2",
  "31/Jun/14",
  "2014-13-01",
  "2014-02-30",
  "10:00",
  "07/Foo/14",
  "25:00",
])("%j is not a date", (text) => {
  expect(parseDate(text)).toBeNull();
});

test("the day is the one written, whatever the zone says", () => {
  expect(parseDate("2024-03-01T00:30:00+0900")?.day).toBe("2024-03-01");
});

test("one clear date settles the order for its column", () => {
  expect(dayOrderOf(["3/4/24", "25/12/2024"])).toBe("day-first");
  expect(dayOrderOf(["3/4/24", "12/25/2024"])).toBe("month-first");
  expect(parseDate("3/4/24", "day-first")?.day).toBe("2024-04-03");
});
