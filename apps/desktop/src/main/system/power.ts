import { powerMonitor } from "electron";
import type { Wake } from "../../shared/bridge.ts";

const events: readonly Wake[] = ["suspend", "resume", "lock-screen", "unlock-screen"];

/** Tells that the computer sleeps or is locked, and that it is back: a page that wakes reads what it missed. */
export function listenToPower(tell: (what: Wake) => void) {
  // The names are the union's, and Electron has a signature for each.
  const monitor: NodeJS.EventEmitter = powerMonitor;
  for (const what of events) monitor.on(what, () => tell(what));
}
