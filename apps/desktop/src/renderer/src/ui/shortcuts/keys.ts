/**
 * One registry of keyboard shortcuts for the whole app.
 *
 * Why one: a listener per component means that two of them answer the same key, that typing "c" in
 * a title makes a task, and that nobody can list the keys. Here the last one registered wins (the
 * panel on top before the page below), plain keys are silent while the person types or a dialog is
 * open, and the `?` sheet is a reading of the registry.
 *
 * A shortcut is written as people say it: "c", "?", "mod+k", "shift+enter", or two keys after each
 * other, "g b". `mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
export type Shortcut = {
  keys: string;
  label: string;
  /** The heading under which the `?` sheet lists it. */
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Also while typing in a field and with a dialog open: for the palette, not for plain keys. */
  whileTyping?: boolean;
};

/** How long the second key of "g b" may take. */
const chordWindowMs = 1200;

type Setting = {
  isMac: boolean;
  /** Where the key fell: in a field, in a dialog or menu, or on the page itself. */
  placeOf: (event: KeyboardEvent) => "field" | "popup" | "page";
  /** Milliseconds, for the chords. */
  now: () => number;
};

export function createKeys({ isMac, placeOf, now }: Setting) {
  const shortcuts = new Set<Shortcut>();
  const watchers = new Set<() => void>();
  let listed: readonly Shortcut[] = [];
  let pending: { key: string; at: number } | null = null;

  function changed() {
    listed = [...shortcuts];
    for (const watcher of watchers) watcher();
  }

  function find(keys: string, event: KeyboardEvent): Shortcut | undefined {
    const isSilent = placeOf(event) !== "page";
    return [...listed]
      .reverse()
      .find((shortcut) => shortcut.keys === keys && (!isSilent || shortcut.whileTyping));
  }

  return {
    register(shortcut: Shortcut): () => void {
      shortcuts.add(shortcut);
      changed();
      return () => {
        shortcuts.delete(shortcut);
        changed();
      };
    },

    /** Stable between changes, for useSyncExternalStore. */
    list: () => listed,

    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },

    handle(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      const key = keysOf(event, isMac);
      const first = pending && now() - pending.at < chordWindowMs ? pending.key : null;
      pending = null;

      const found = (first && find(`${first} ${key}`, event)) || find(key, event);
      if (found) {
        event.preventDefault();
        found.run(event);
      } else if (
        placeOf(event) === "page" &&
        listed.some(({ keys }) => keys.startsWith(`${key} `))
      ) {
        pending = { key, at: now() };
      }
    },
  };
}

/** The event as a shortcut is written. Shift counts only with named keys: "?" already contains it. */
export function keysOf(event: KeyboardEvent, isMac: boolean): string {
  const key = latinKey(event);
  const isCharacter = key.length === 1 && key !== " ";
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push("mod");
  if (isMac && event.ctrlKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  const isLetter = isCharacter && key.toLowerCase() !== key.toUpperCase();
  if (event.shiftKey && (!isCharacter || isLetter)) parts.push("shift");
  parts.push(key === " " ? "space" : key.toLowerCase());
  return parts.join("+");
}

/** What the keys of a US keyboard write that no letter is, without Shift and with it. */
const signs: Record<string, [string, string]> = {
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Slash: ["/", "?"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Comma: [",", "<"],
  Period: [".", ">"],
  Backquote: ["`", "~"],
};

/**
 * The key in Latin letters. What a layout writes decides as long as it is Latin: in AZERTY and
 * Dvorak a command is where its letter stands. A Cyrillic, Greek, Hebrew or Arabic layout has no such
 * letter: there the command is where it is on the US keyboard that is printed beside it.
 */
export function latinKey({ key, code, shiftKey }: KeyboardEvent): string {
  if (key.length !== 1 || key <= "~" || /\p{Script=Latin}/u.test(key) || !code) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit && !shiftKey) return digit;
  return signs[code]?.[shiftKey ? 1 : 0] ?? key;
}

function isModifier(key: string): boolean {
  return key === "Control" || key === "Shift" || key === "Alt" || key === "Meta";
}
