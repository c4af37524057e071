import { globalShortcut } from "electron";

/** Keys with which somebody types, or that every program has, are none of ours. */
const LONE =
  /^(?:Shift\+)?(?:[A-Z0-9]|Space|Plus|Tab|Enter|Return|Escape|Esc|Backspace|Delete|Up|Down|Left|Right|Home|End|PageUp|PageDown)$/i;
const EVERYWHERE = /^(?:CommandOrControl|CmdOrCtrl|Command|Control|Ctrl)\+[ACVXZ]$/i;

/** One key for the whole computer, whatever program is in front. */
export function holdGlobalKey(pressed: () => void) {
  let held: string | null = null;
  let problem: string | null = null;

  /** Answers why it can't be had, in a sentence; null: it is ours, or none is wanted. */
  function take(key: string): string | null {
    if (LONE.test(key) || EVERYWHERE.test(key)) {
      return "Other programs need these keys. Use a combination such as Ctrl+Shift+Space.";
    }
    try {
      if (globalShortcut.register(key, pressed)) return null;
    } catch {
      return "The system can't use these keys. Choose others.";
    }
    return "Another program uses these keys. Choose others, or close that program.";
  }

  return {
    problem: () => problem,
    set(key: string | null) {
      if (held) globalShortcut.unregister(held);
      problem = key === null ? null : take(key);
      held = key !== null && problem === null ? key : null;
    },
    /** Before the app ends: the key is the system's again. */
    release() {
      if (held) globalShortcut.unregister(held);
      held = null;
    },
  };
}
