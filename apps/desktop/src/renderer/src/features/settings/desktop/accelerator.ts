import { latinKey } from "@/ui/shortcuts/keys.ts";

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;
type Os = "mac" | "windows" | "linux" | "other";

const named: Record<string, string> = {
  ...{ " ": "Space", "+": "Plus", ArrowUp: "Up", ArrowDown: "Down" },
  ...{ ArrowLeft: "Left", ArrowRight: "Right" },
};
const modifiers = new Set(["Control", "Meta", "Alt", "Shift", "AltGraph", "OS"]);

/** As Electron writes it; null while only modifiers are held down, or without one. */
export function acceleratorOf(event: Pressed, os: Os): string | null {
  if (modifiers.has(event.key)) return null;
  const parts: string[] = [];
  const isMac = os === "mac";
  if (isMac ? event.metaKey : event.ctrlKey) parts.push("CommandOrControl");
  if (isMac && event.ctrlKey) parts.push("Control");
  if (!isMac && event.metaKey) parts.push("Super");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  if (parts.length === 0 && !/^F\d+$/.test(event.key)) return null;
  return [...parts, named[event.key] ?? keyOf(event)].join("+");
}

/** With Alt or Shift a key writes something else than what is printed on it. */
function keyOf(event: Pressed): string {
  const printed = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const key = latinKey(event as KeyboardEvent);
  const isLetter = /^[a-z]$/i.test(key);
  return isLetter || !printed ? (key.length === 1 ? key.toUpperCase() : key) : printed;
}

/** As it is printed on the keys of this computer. */
export function acceleratorWords(accelerator: string, os: Os): string {
  const isMac = os === "mac";
  const words: Record<string, string> = isMac
    ? { CommandOrControl: "⌘", Control: "⌃", Alt: "⌥", Shift: "⇧" }
    : { CommandOrControl: "Ctrl", Super: os === "windows" ? "Win" : "Super" };
  return accelerator
    .split("+")
    .map((part) => words[part] ?? part)
    .join(isMac ? " " : "+");
}
