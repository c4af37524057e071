import fc from "fast-check";
import { expect, test } from "vitest";
import { findDayOrder } from "./day-order.ts";
import { parseDate } from "./parse-date.ts";
import { momentOf, wallClock } from "./zones.ts";

test.each([
  ["07/Jul/14 3:44 PM", "2014-07-07T15:44:00.000Z"],
  ["07/Jul/14 12:05 AM", "2014-07-07T00:05:00.000Z"],
  ["2014-07-07T15:44:10.123+0200", "2014-07-07T13:44:10.123Z"],
  ["2014-07-07 15:44", "2014-07-07T15:44:00.000Z"],
  ["2014-07-07 15:44:01+02", "2014-07-07T13:44:01.000Z"],
  ["2014-07-07 3 p.m.", "2014-07-07T15:00:00.000Z"],
  ["2014-07-07 10:00 PST", "2014-07-07T18:00:00.000Z"],
  ["2014-07-07T10:00:00+01:00[Europe/Berlin]", "2014-07-07T09:00:00.000Z"],
  ["20140707T154400Z", "2014-07-07T15:44:00.000Z"],
  ["Jul 7, 2014, 3:44 PM", "2014-07-07T15:44:00.000Z"],
  ["Tue Aug 23 2022 13:54:01 GMT+0000 (GMT)", "2022-08-23T13:54:01.000Z"],
  ["Wed Aug 24 2022 14:06:02 GMT-0230 (Some Time)", "2022-08-24T16:36:02.000Z"],
  ["Tue, 23 Aug 2022 13:54:01 GMT", "2022-08-23T13:54:01.000Z"],
  ["Tue Mar 12 10:00:00 PST 2024", "2024-03-12T18:00:00.000Z"],
  ["07.07.2014", "2014-07-07T00:00:00.000Z"],
  ["7. 7. 2014 15.44", "2014-07-07T15:44:00.000Z"],
  ["3/4/24", "2024-03-04T00:00:00.000Z"],
  ["1/Feb/70", "1970-02-01T00:00:00.000Z"],
  ["1710201600", "2024-03-12T00:00:00.000Z"],
  ["1710201600123", "2024-03-12T00:00:00.123Z"],
  ["45363", "2024-03-12T00:00:00.000Z"],
  ["45363.75", "2024-03-12T18:00:00.000Z"],
  ["20240312", "2024-03-12T00:00:00.000Z"],
])("%s is %s", (text, iso) => {
  expect(parseDate(text)?.instant.toISOString()).toBe(iso);
});

test.each([
  "Tuesday, March 12, 2024",
  "March 12th 2024",
  "12th of March, 2024",
  "Mar 12 '24",
  "12. März 2024",
  "Di., 12. Mrz. 2024",
  "mardi 12 mars 2024",
  "le 12 mars 2024",
  "12 de marzo de 2024",
  "12 marzo 2024",
  "12 maart 2024",
  "12 de março de 2024",
  "12 de marco de 2024",
  "12 marca 2024",
  "12 mars 2024",
  "12. maaliskuuta 2024",
  "12. března 2024",
  "2024. március 12.",
  "12 martie 2024",
  "12 марта 2024 г.",
  "12 березня 2024",
  "12 Μαρτίου 2024",
  "12 Mart 2024",
  "2024年3月12日",
  "2024-Mar-12",
])("%s is the 12th of March 2024, in any zone", (text) => {
  for (const zone of ["UTC", "America/New_York", "Pacific/Auckland"]) {
    expect(parseDate(text, { order: "month-first", zone })?.day).toBe("2024-03-12");
  }
});

test.each([
  ...["", "version 2", "version 2 March 2024", "31/Jun/14", "2014-13-01", "2014-02-30", "10:00"],
  ...[
    "07/Foo/14",
    "25:00",
    "0024-03-12",
    "12",
    "12345",
    "2024-03-12 10:00 FOO",
    "2024-03-12 13 PM",
  ],
  ...["12 March 2024 10", "2024-03-12T", "Foo, 12 March 2024"],
])("%j is not a date", (text) => {
  expect(parseDate(text)).toBeNull();
});

test("a moment is the day there; a day without a zone is the one that is written", () => {
  const dayIn = (text: string, zone: string) =>
    parseDate(text, { order: "month-first", zone })?.day;
  expect(dayIn("2024-03-12T00:00:00.000Z", "America/New_York")).toBe("2024-03-11");
  expect(dayIn("2024-03-12T00:30:00+0900", "UTC")).toBe("2024-03-11");
  expect(dayIn("1710201600000", "America/New_York")).toBe("2024-03-11");
  expect(dayIn("2024-03-12 00:30", "America/New_York")).toBe("2024-03-12");
  expect(dayIn("2024-03-12", "Pacific/Auckland")).toBe("2024-03-12");
});

test("a clock shows what it was set by, also around the hours that are twice or never", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"];
  const minutes = fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const wall = wallClock(new Date(minute * 60_000), zone);
      const moment = momentOf(wall, zone).getTime();
      expect(wallClock(new Date(moment), zone)).toBe(wall);
      // Of an hour that is there twice the first.
      expect(moment).toBeLessThanOrEqual(minute * 60_000);
    }),
    { examples: [[Date.UTC(2024, 9, 27, 0, 30) / 60_000, "Europe/Berlin"]] },
  );
  const skipped = momentOf(Date.UTC(2024, 2, 31, 2, 30), "Europe/Berlin");
  expect(skipped.toISOString()).toBe("2024-03-31T01:30:00.000Z");
});

test("one clear date settles the order for its file; where none does, there is one to ask about", () => {
  expect(findDayOrder(["3/4/24", "25/12/2024"])).toMatchObject({ order: "day-first" });
  expect(findDayOrder(["3/4/24", "12/25/2024 10:00"])).toMatchObject({ order: "month-first" });
  expect(findDayOrder(["5/5/24", "3/4/24", "2024-03-04"])).toEqual({
    order: null,
    example: "3/4/24",
  });
  expect(findDayOrder(["5/5/24", "12 March 2024"])).toEqual({ order: null, example: null });
  expect(parseDate("3/4/24", { order: "day-first", zone: "UTC" })?.day).toBe("2024-04-03");
});
