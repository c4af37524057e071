import type { AmountField } from "./fields.ts";
import type { ProblemList } from "./problem-list.ts";

type Where = { field: AmountField; place: string; problems: ProblemList };

/** A number as people of any country write it; null, and a note, when it is none. */
export function readAmount(text: string, { field, place, problems }: Where): number | null {
  const number = Number(text.trim().replace(",", "."));
  if (Number.isFinite(number)) return number;
  problems.note(place, field, `“${text.slice(0, 60)}” isn't a number, so it was skipped.`);
  return null;
}
