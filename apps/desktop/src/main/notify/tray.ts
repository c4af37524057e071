import { Menu, Tray } from "electron";
import { trayImage } from "./images.ts";
import type { Unread } from "./unread.ts";

type Options = {
  unread: Unread;
  open: () => void;
  quickAdd: () => void;
  inbox: () => void;
  quit: () => void;
  platform?: NodeJS.Platform;
};

/** The icon beside the clock, or in the menu bar of macOS; there is none until it is wanted. */
export function offerTray({
  unread,
  open,
  quickAdd,
  inbox,
  quit,
  platform = process.platform,
}: Options) {
  let tray: Tray | null = null;

  function paint(total: number) {
    if (!tray) return;
    tray.setImage(trayImage(total > 0, platform));
    tray.setToolTip(total > 0 ? `Guildhall: ${total} unread` : "Guildhall");
    if (platform === "darwin") tray.setTitle(total > 0 ? String(total) : "");
    // Linux shows a menu as it was given: each change is a new one.
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: "Open Guildhall", click: open },
        { label: "New task…", click: quickAdd },
        { label: total > 0 ? `Inbox (${total})` : "Inbox", click: inbox },
        { type: "separator" },
        { label: "Quit Guildhall", click: quit },
      ]),
    );
  }
  unread.watch(paint);

  return {
    show(isWanted: boolean) {
      if (!isWanted) {
        tray?.destroy();
        tray = null;
      } else if (!tray) {
        tray = new Tray(trayImage(unread.total() > 0, platform));
        // On macOS a click opens the menu.
        if (platform !== "darwin") tray.on("click", open);
        paint(unread.total());
      }
    },
  };
}
