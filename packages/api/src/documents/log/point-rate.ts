/** How often one person may say where their selection is: more is no use to anybody. */
import { GuildhallError } from "../../core/errors.ts";

const PER_SECOND = 20;
const BURST = 60;
const MOST_KEPT = 10_000;

const left = new Map<string, { points: number; at: number }>();

const tooOften = () =>
  new GuildhallError(
    "TOO_MANY_REQUESTS",
    "too_often",
    "Your selection moved too often to be shown to the others. It is shown again in a moment.",
  );

export function takePoint(userId: string): void {
  const now = performance.now();
  const { points, at } = left.get(userId) ?? { points: BURST, at: now };
  const filled = Math.min(BURST, points + ((now - at) / 1_000) * PER_SECOND);
  if (filled < 1) throw tooOften();
  if (left.size >= MOST_KEPT) left.clear();
  left.set(userId, { points: filled - 1, at: now });
}
