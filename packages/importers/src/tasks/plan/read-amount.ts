import type { AmountField } from "./fields.ts";
import type { ProblemList } from "./problem-list.ts";

type Where = { field: AmountField; place: string; problems: ProblemList };

/** A number as people of any country write it; null, and a note, when it is none. */
export function readAmount(text: string, { field, place, problems }: Where): number | null {
  const number = Number(plainNumber(text));
  if (Number.isFinite(number)) return number;
  problems.note(place, field, `“${text.slice(0, 60)}” isn't a number, so it was skipped.`);
  return null;
}

/** `1.000,5`, `1,000.5`, `1 000,5`, `1'000.5`: the last sign parts off the fraction, unless it is there twice. */
function plainNumber(text: string): string {
  const joined = text.trim().replace(/(?<=\d)[\s'’](?=\d{3})/g, "");
  const last = Math.max(joined.lastIndexOf("."), joined.lastIndexOf(","));
  if (last === -1) return joined;
  const [sign, whole, rest] = [joined[last] ?? "", joined.slice(0, last), joined.slice(last + 1)];
  const isThousands = whole.includes(sign);
  if (!/[.,]/.test(whole)) return `${whole}.${rest}`;
  // Only whole groups of three are thousands: "1.2.3" is no number.
  if (!/^-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(isThousands ? joined : whole))
    return "no number";
  const digits = whole.replace(/[.,]/g, "");
  return isThousands ? digits + rest : `${digits}.${rest}`;
}
