const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "1.4 MB", in the viewer's way of writing numbers. */
export function byteWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: units[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1_000 ** power);
}

const counts = new Intl.NumberFormat();

/** "1,204 tasks", "1 task". */
export const countWords = (n: number, one: string, many = `${one}s`) =>
  `${counts.format(n)} ${n === 1 ? one : many}`;
