/** The emoji picked last on this device, newest first. */
import { type Emoji, findEmoji } from "./emoji.ts";

const key = "guildhall.recent-emoji";
const MOST = 16;

export const storedRecents = (): Emoji[] =>
  (localStorage.getItem(key) ?? "").split(" ").flatMap((sign) => findEmoji(sign) ?? []);

export function rememberEmoji(sign: string) {
  const signs = [sign, ...storedRecents().map((recent) => recent.sign)];
  localStorage.setItem(key, [...new Set(signs)].slice(0, MOST).join(" "));
}
