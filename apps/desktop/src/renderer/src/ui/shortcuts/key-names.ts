const named: Record<string, string> = {
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  backspace: "⌫",
  delete: "Del",
  space: "Space",
  f2: "F2",
  tab: "Tab",
};

const onMac: Record<string, string> = { mod: "⌘", shift: "⇧", alt: "⌥", ctrl: "⌃" };
const elsewhere: Record<string, string> = { mod: "Ctrl", shift: "Shift", alt: "Alt", ctrl: "Ctrl" };

/** "mod+k" → [["Ctrl", "K"]]; "g b" → [["G"], ["B"]]: strokes one after another, keys held together. */
export function keyNames(keys: string, isMac: boolean): string[][] {
  const modifiers = isMac ? onMac : elsewhere;
  return keys
    .split(" ")
    .map((stroke) =>
      stroke
        .split(/\+(?!$)/)
        .map((key) => modifiers[key] ?? named[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}

/** "Control+K" as `aria-keyshortcuts` wants it; a chord has no form there and gives undefined. */
export function ariaKeys(keys: string, isMac: boolean): string | undefined {
  if (keys.includes(" ")) return undefined;
  const mod = isMac ? "Meta" : "Control";
  const spelled: Record<string, string> = { mod, shift: "Shift", alt: "Alt", ctrl: "Control" };
  return keys
    .split(/\+(?!$)/)
    .map((key) => spelled[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join("+");
}
