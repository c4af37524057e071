/** The open windows of this browser: each has a name, and others can ask whether it is still there. */
import { uuidv7 } from "uuidv7";

const PREFIX = "guildhall.window.";

export const thisWindow: string = uuidv7();

// Held until the page ends, however it ends. Absent on plain http from another computer.
void navigator.locks?.request(PREFIX + thisWindow, () => new Promise(() => {}));

/** Of the windows that are open, their names; null where a browser cannot tell. */
export async function openWindows(): Promise<ReadonlySet<string> | null> {
  const held = (await navigator.locks?.query())?.held;
  if (!held) return null;
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? name.slice(PREFIX.length) : [])),
  );
}
