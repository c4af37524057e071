/** What a test does with the double: begins with a new one, and is the person and the page in it. */
import { join } from "node:path";
import { app } from "./app.ts";
import { runInRenderer } from "./ipc.ts";
import { startAgain } from "./state.ts";
import type { WebContents } from "./web-contents.ts";
import type { BrowserWindow } from "./window.ts";

export { network } from "./fetch.ts";
export { invokeFrom } from "./ipc.ts";
export { allTrays, shown as shownMenu } from "./menus.ts";

export { notificationSupport, notifications } from "./notification.ts";
export { privilegesOf } from "./protocol.ts";
export { changeKeyring, keyring } from "./safe-storage.ts";
export { dialogs, handedOver, pressGlobal, takenKeys } from "./system.ts";
export { WebFrameMain } from "./web-contents.ts";

/** An Electron that was just started, ready unless the test wants to see the time before. */
export async function startElectron({ ready = true } = {}) {
  startAgain();
  if (ready) await app.becomeReady();
}

export const becomeReady = () => app.becomeReady();

/** The window as the double has it, with what only a test does; `electron`'s own types do not know of that. */
export const double = (window: Electron.BrowserWindow) => window as unknown as BrowserWindow;

let loads = 0;
/** Runs the preload script for this page, and answers what it put into the page's window. */
export async function openPage(contents: WebContents): Promise<Record<string, unknown>> {
  const preload = join(import.meta.dirname, "../../src/preload/index.ts");
  // Each page runs it for itself: a name of its own keeps it from being the one that ran before.
  const path = `${preload}?page=${++loads}`;
  await runInRenderer(contents, () => import(/* @vite-ignore */ path));
  return contents.mainWorld;
}
