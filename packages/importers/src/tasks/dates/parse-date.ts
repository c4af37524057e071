/**
 * Dates as exports write them, and as people do in tables.
 *
 * Only known shapes are read: `Date.parse` would also accept "version 2" as the year 2001. What names a zone, or is
 * counted from an epoch, is a moment, and its day is the day in the reader's zone. Anything else is the day that is
 * written, and its time is that of a clock in the reader's zone.
 */
import { isWeekday, monthOf } from "./calendar-words.ts";
import { momentOf, wallClock, zoneMinutes } from "./zones.ts";

export type ParsedDate = {
  instant: Date;
  /** yyyy-mm-dd */
  day: string;
};

/** Which number comes first in 03/04/2024. */
export const dayOrders = ["day-first", "month-first"] as const;
export type DayOrder = (typeof dayOrders)[number];

export type DateReading = {
  order: DayOrder;
  /** By its IANA name, as in Europe/Berlin. */
  zone: string;
};

const LONGEST = 80;

const TIME = String.raw`(?:(?:T|,?\s+(?:(?:at|um|à|a las|kl|klo)\.?\s+)?)?(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*(?<zone>[A-Za-z]{1,4}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([^()]{1,40}\)|\[[\w/+-]{1,40}\])?)?`;
const WEEKDAY = String.raw`(?:(?<weekday>(?!le\s)\p{L}{2,15})\.?,?\s+)?(?:le\s+)?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|e|º|ª|°)?\.?`;
const NAME = String.raw`(?:(?:de|of)\s+|d['’])?(?<name>\p{L}{2,20})\.?`;
const YEAR = String.raw`(?:de\s+|del\s+|['’])?(?<year>\d{4}|\d{2})(?:\s+г\.?)?`;

const SHAPES = [
  String.raw`${WEEKDAY}(?<year>\d{4})(?<dash>[-/.])\s?(?<month>\d{1,2})\k<dash>\s?(?<day>\d{1,2})\.?`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<year>\d{4})\s?[年년]\s?(?<month>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]`,
  String.raw`${WEEKDAY}${DAY}[/\s-]\s?${NAME}[/\s,-]\s?${YEAR}`,
  String.raw`${WEEKDAY}${NAME}[\s-]${DAY},?[\s-]${YEAR}`,
  String.raw`(?<year>\d{4})\.?[\s-]${NAME}[\s-]${DAY}`,
  String.raw`${WEEKDAY}(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4}|\d{2})`,
].map((shape) => new RegExp(`^${shape}${TIME}$`, "u"));

/** As C writes it, with the year behind the time: "Tue Mar 12 10:00:00 PST 2024". */
const YEAR_LAST =
  /^(?<head>\p{L}{2,15}\s+\p{L}{2,20}\s+\d{1,2})\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s+[A-Z]{1,5}|\s+[+-]\d{4})?)\s+(?<year>\d{4})$/u;

const SLASHED = new RegExp(
  String.raw`^${WEEKDAY}(?<left>\d{1,2})(?<dash>[/-])(?<right>\d{1,2})\k<dash>(?<year>\d{4}|\d{2})${TIME}$`,
  "u",
);

type Groups = Record<string, string | undefined>;

const readAsIs: DateReading = { order: "month-first", zone: "UTC" };

/** Null for what is no date. */
export function parseDate(text: string, reading: DateReading = readAsIs): ParsedDate | null {
  const trimmed = text
    .trim()
    .replace(/^(\d{8}T\d{2})(\d{2})(\d{2})?(?=\D|$)/, (_, hour, minute, second = "00") =>
      [hour, minute, second].join(":"),
    );
  if (trimmed === "" || trimmed.length > LONGEST) return null;
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return counted(trimmed, reading);
  for (const shape of SHAPES) {
    const groups = shape.exec(trimmed)?.groups;
    const date = groups && build(groups, reading);
    if (date) return date;
  }
  const last = YEAR_LAST.exec(trimmed)?.groups;
  if (last) return parseDate(`${last.head}, ${last.year} ${last.time}`, reading);
  const groups = SLASHED.exec(trimmed)?.groups;
  if (!groups) return null;
  const { left, right } = groups;
  const [day, month] = reading.order === "day-first" ? [left, right] : [right, left];
  return build({ ...groups, day, month }, reading);
}

/** "03/04/2024" as its two numbers: null for what says of itself which the day is. */
export function twoNumbers(text: string): [number, number] | null {
  const groups = SLASHED.exec(text.trim().slice(0, LONGEST))?.groups;
  return groups ? [Number(groups.left), Number(groups.right)] : null;
}

/** Day 0 of the tables of Excel and Google, as both count from March 1900 on. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30);

/** `20240312`, seconds, milliseconds or microseconds since 1970, or the days that a spreadsheet counts. */
function counted(text: string, reading: DateReading): ParsedDate | null {
  const [whole = ""] = text.split(".");
  if (whole.length === 8 && whole === text) return build(SHAPES[1]?.exec(text)?.groups, reading);
  const number = Number(text);
  const scale = { 10: 1_000, 13: 1, 16: 1 / 1_000 }[whole.length];
  if (scale) return ofMoment(new Date(number * scale), reading);
  // The years 1954 to 2064: a smaller or larger number is rather something else.
  if (number < 20_000 || number >= 60_000) return null;
  // To the second: the fraction is of a day, and rounded.
  const wall = SERIAL_ZERO + Math.round(number * 86_400) * 1_000;
  return { instant: momentOf(wall, reading.zone), day: dayOf(wall) };
}

const dayOf = (wall: number) => new Date(wall).toISOString().slice(0, 10);

const ofMoment = (instant: Date, { zone }: DateReading): ParsedDate => ({
  instant,
  day: dayOf(wallClock(instant, zone)),
});

function build(groups: Groups | undefined, reading: DateReading): ParsedDate | null {
  if (!groups || (groups.weekday && !isWeekday(groups.weekday))) return null;
  const month = groups.name === undefined ? Number(groups.month) : monthOf(groups.name);
  const time = timeOf(groups);
  const year = fullYear(groups.year ?? "");
  // Date.UTC takes the year 24 for 1924.
  if (!month || time === null || year < 1000) return null;
  const day = Number(groups.day);
  const wall = Date.UTC(year, month - 1, day) + time;
  const date = new Date(wall);
  // It rolls 31 June over into July; a date that moved was not one.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (groups.zone === undefined) return { instant: momentOf(wall, reading.zone), day: dayOf(wall) };
  const east = zoneMinutes(groups.zone);
  return east === null ? null : ofMoment(new Date(wall - east * 60_000), reading);
}

/** Milliseconds since midnight; null for no time of a day. */
function timeOf(groups: Groups): number | null {
  if (groups.hour === undefined) return groups.zone === undefined ? 0 : null;
  // "12 March 2024 10" says no time, and "2024-03-12 10 AM" does.
  if (groups.minute === undefined && groups.half === undefined) return null;
  const half = groups.half?.replaceAll(".", "").toLowerCase();
  const said = Number(groups.hour);
  if (half && (said < 1 || said > 12)) return null;
  const hour = half ? (said % 12) + (half === "pm" ? 12 : 0) : said;
  const [minute, second] = [Number(groups.minute ?? 0), Number(groups.second ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = Number((groups.fraction ?? "").padEnd(3, "0").slice(0, 3));
  return ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length !== 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}
