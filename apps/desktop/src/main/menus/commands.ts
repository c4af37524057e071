import type { WebContents } from "electron";
import type { MenuCommand } from "../../shared/bridge.ts";
import { tellPage } from "../bridge/tell-page.ts";
import { print, savePdf } from "../system/paper.ts";
import type { Zoom } from "../system/zoom.ts";
import type { Windows } from "../windows/windows.ts";
import type { AppCommands } from "./app-menu.ts";

type Parts = {
  windows: Windows;
  zoom: Zoom;
  quickAdd: () => void;
  profiles: {
    last: () => string;
    switchTo: (profileId: string, from: WebContents | null) => void;
    add: (from: WebContents | null) => void;
  };
};

/** What the menus do, in the window that is in front or was there last. */
export function appCommands({ windows, zoom, profiles, quickAdd }: Parts): AppCommands {
  const current = () => windows.current();
  return {
    page: (command: MenuCommand) => tellPage(windows.show().webContents, "menuCommand", command),
    quickAdd,
    newWindow() {
      const front = current();
      windows.openAt(front ? windows.profileIn(front) : profiles.last(), "/");
    },
    zoom(step) {
      const front = current();
      if (front) zoom.step(windows.profileIn(front), step);
    },
    print() {
      const front = current();
      if (front) print(front);
    },
    savePdf() {
      const front = current();
      if (front) void savePdf(front);
    },
    switchTo: (profileId) => profiles.switchTo(profileId, current()?.webContents ?? null),
    addServer: () => profiles.add(current()?.webContents ?? null),
  };
}
