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

export type Keys = ReturnType<typeof createKeys>;

/** The event as a shortcut is written. Shift counts only with named keys: "?" already contains it. */
export function keysOf(event: KeyboardEvent, isMac: boolean): string {
  const isCharacter = event.key.length === 1 && event.key !== " ";
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push("mod");
  if (isMac && event.ctrlKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  const isLetter = isCharacter && event.key.toLowerCase() !== event.key.toUpperCase();
  if (event.shiftKey && (!isCharacter || isLetter)) parts.push("shift");
  parts.push(event.key === " " ? "space" : event.key.toLowerCase());
  return parts.join("+");
}

function isModifier(key: string): boolean {
  return key === "Control" || key === "Shift" || key === "Alt" || key === "Meta";
}
