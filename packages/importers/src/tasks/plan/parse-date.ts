/**
 * Dates as exports write them. Times without a zone are taken as UTC: exports name no zone, and a
 * fixed choice makes a second import give the same instants.
 *
 * Only known shapes are read. `Date.parse` would also accept "version 2" as the year 2001.
 */

export type ParsedDate = {
  instant: Date;
  /** The calendar day as written, yyyy-mm-dd, whatever the zone. */
  day: string;
};

/** Which number comes first in 03/04/2024. */
export type DayOrder = "day-first" | "month-first";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const TIME = String.raw`(?:[T,]?\s*(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?\s*(?<half>[AaPp][Mm])?\s*(?<zone>Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{2}:?\d{2})?(?:\s*\([\w ]{1,40}\))?)?`;

const SHAPES = [
  String.raw`(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})`,
  String.raw`(?<day>\d{1,2})[/ -](?<name>[A-Za-z]{3,9})\.?[/ -](?<year>\d{4}|\d{2})`,
  String.raw`(?:[A-Za-z]{3,9},? )?(?<name>[A-Za-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})`,
  String.raw`[A-Za-z]{3}, (?<day>\d{1,2}) (?<name>[A-Za-z]{3}) (?<year>\d{4})`,
  String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}|\d{2})`,
].map((shape) => new RegExp(`^${shape}${TIME}$`));

const SLASHED = new RegExp(
  String.raw`^(?<left>\d{1,2})[/-](?<right>\d{1,2})[/-](?<year>\d{4}|\d{2})${TIME}$`,
);

export function parseDate(text: string, order: DayOrder = "month-first"): ParsedDate | null {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > 80) return null;
  for (const shape of SHAPES) {
    const groups = shape.exec(trimmed)?.groups;
    if (groups !== undefined) return build(groups);
  }
  const groups = SLASHED.exec(trimmed)?.groups;
  if (groups === undefined) return null;
  const [day, month] =
    order === "day-first" ? [groups.left, groups.right] : [groups.right, groups.left];
  return build({ ...groups, day, month });
}

/** What a whole column says about its order: one 25/12/2024 settles it for all rows. */
export function dayOrderOf(values: Iterable<string>): DayOrder {
  for (const value of values) {
    const groups = SLASHED.exec(value.trim().slice(0, 80))?.groups;
    if (Number(groups?.left) > 12) return "day-first";
    if (Number(groups?.right) > 12) return "month-first";
  }
  return "month-first";
}

function build(groups: Record<string, string | undefined>): ParsedDate | null {
  const year = fullYear(groups.year ?? "");
  const month = groups.name === undefined ? Number(groups.month) : monthNumber(groups.name);
  const day = Number(groups.day);
  const hour = fullHour(Number(groups.hour ?? 0), groups.half?.toLowerCase());
  const [minute, second] = [Number(groups.minute ?? 0), Number(groups.second ?? 0)];
  const milliseconds = Number((groups.fraction ?? "").padEnd(3, "0").slice(0, 3));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // Date.UTC rolls 31 June over into July; a date that moved was not one.
  const moved = date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day;
  if (year < 1000 || Number.isNaN(date.getTime()) || moved) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const instant = new Date(date.getTime() - zoneMinutes(groups.zone) * 60_000);
  return { instant, day: date.toISOString().slice(0, 10) };
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length !== 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function fullHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half === "pm" ? 12 : 0);
}

function zoneMinutes(zone: string | undefined): number {
  const match = /([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "");
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}
