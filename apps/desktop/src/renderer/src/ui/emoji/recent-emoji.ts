/** The emoji picked last on this device, newest first. */
const key = "guildhall.recent-emoji";
const MOST = 16;

export const storedRecents = (): string[] =>
  (localStorage.getItem(key) ?? "").split(" ").filter(Boolean);

export function rememberEmoji(sign: string) {
  localStorage.setItem(key, [...new Set([sign, ...storedRecents()])].slice(0, MOST).join(" "));
}
