type Hours = { from: string; to: string } | null;

/** Whether nothing may pop up now, by this device's clock; the hours may go over midnight. */
export function isQuiet(hours: Hours, now = new Date()): boolean {
  if (!hours) return false;
  const two = (part: number) => String(part).padStart(2, "0");
  const time = `${two(now.getHours())}:${two(now.getMinutes())}`;
  const { from, to } = hours;
  return from <= to ? from <= time && time < to : time >= from || time < to;
}
