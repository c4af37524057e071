import { BrowserWindow, nativeTheme } from "electron";
import { background } from "../windows/page-window.ts";

/** Title bar, menus and what is seen before the page are as its theme. */
export function followTheme() {
  nativeTheme.on("updated", () => {
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(background());
  });
}
