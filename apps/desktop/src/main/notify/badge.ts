import { app, BrowserWindow } from "electron";
import { overlayImage } from "./images.ts";
import type { Unread } from "./unread.ts";

const words = (total: number) => `${total} unread`;

/** The number on the app's icon: in the dock, in Unity's launcher, or on the taskbar's button of each window. */
export function showBadge(unread: Unread, platform = process.platform) {
  if (platform !== "win32") return unread.watch((total) => void app.setBadgeCount(total));
  const paint = (window: BrowserWindow, total: number) =>
    window.setOverlayIcon(total > 0 ? overlayImage(total) : null, total > 0 ? words(total) : "");
  unread.watch((total) => {
    for (const window of BrowserWindow.getAllWindows()) paint(window, total);
  });
  app.on("browser-window-created", (_event, window) => paint(window, unread.total()));
}
