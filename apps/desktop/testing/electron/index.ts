/**
 * A double of `electron` for tests of functions: what main and the preload use of it, as its documentation says
 * it behaves. `contract.ts` lists the members, and the real Electron is held to the same where there is one.
 * What only a test does with it is in `control.ts`.
 */
import { declareSchemes } from "./protocol.ts";
import { session } from "./session.ts";

export { app } from "./app.ts";
export { nativeImage } from "./images.ts";
export { contextBridge, ipcMain, ipcRenderer } from "./ipc.ts";
export { Menu, MenuItem, Tray } from "./menus.ts";
export { net } from "./net.ts";
export { Notification } from "./notification.ts";
export { utilityProcess } from "./processes.ts";
export { safeStorage } from "./safe-storage.ts";
export { session } from "./session.ts";
export {
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  nativeTheme,
  powerMonitor,
  screen,
  shell,
} from "./system.ts";
export { WebContents as webContents } from "./web-contents.ts";
export { BrowserWindow } from "./window.ts";

/** The default session's; each other session has its own. */
export const protocol = {
  handle: (...values: Parameters<typeof session.defaultSession.protocol.handle>) =>
    session.defaultSession.protocol.handle(...values),
  isProtocolHandled: (scheme: string) => session.defaultSession.protocol.isProtocolHandled(scheme),
  registerSchemesAsPrivileged: declareSchemes,
};
