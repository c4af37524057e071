import { formatNumber, formatUnit } from "@/lib/locale.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "1.4 MB", in the page's way of writing numbers. */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return formatUnit(bytes / 1_000 ** power, {
    unit: units[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power > 1 ? 1 : 0,
  });
}

/** "1,204 tasks", "1 task". */
export const formatCount = (n: number, one: string, many = `${one}s`) =>
  `${formatNumber(n)} ${n === 1 ? one : many}`;
