/**
 * Which number is the day in 03/04/2024.
 *
 * One program writes a file, in one order: 25/03/2024 in any of its columns decides for all of it. Where nothing
 * decides, both readings are of some day, and only a person can know.
 */
import { type DayOrder, parseDate, twoNumbers } from "./parse-date.ts";

/** What a file that does not decide is asked about. */
export type OrderQuestion = {
  /** As it stands in the file: "03/04/2024". */
  example: string;
  /** Both readings of it, "yyyy-mm-dd". */
  days: Record<DayOrder, string>;
  /** What it was read as. */
  taken: DayOrder;
  /** Whether somebody chose so; else it is a guess. */
  isChosen: boolean;
};

/** The rows of a file that are of one order only, and the first that is of both. */
export function findDayOrder(values: Iterable<string>): {
  order: DayOrder | null;
  example: string | null;
} {
  const count = { "day-first": 0, "month-first": 0 };
  let example: string | null = null;
  for (const value of values) {
    const numbers = twoNumbers(value);
    if (!numbers) continue;
    const [left, right] = numbers;
    if (left > 12 && right <= 12) count["day-first"] += 1;
    else if (right > 12 && left <= 12) count["month-first"] += 1;
    else if (left !== right && left <= 12) example ??= value.trim();
  }
  const isDecided = count["day-first"] !== count["month-first"];
  const order = count["day-first"] > count["month-first"] ? "day-first" : "month-first";
  return { order: isDecided ? order : null, example };
}

/** The order that a file is read in, and what there is to ask. */
export function chooseDayOrder(
  values: Iterable<string>,
  chosen: DayOrder | null,
): { order: DayOrder; question: OrderQuestion | null } {
  const { order, example } = findDayOrder(values);
  if (order !== null || example === null) {
    return { order: order ?? chosen ?? "month-first", question: null };
  }
  const taken = chosen ?? "month-first";
  const dayIn = (each: DayOrder) => parseDate(example, { order: each, zone: "UTC" })?.day ?? "";
  const days = { "day-first": dayIn("day-first"), "month-first": dayIn("month-first") };
  return { order: taken, question: { example, days, taken, isChosen: chosen !== null } };
}
