import { app, BrowserWindow } from "electron";
import { autoUpdater } from "electron-updater";
import { tellPage } from "../bridge/tell-page.ts";
import type { SettingsFile } from "../settings.ts";
import { openUpdates } from "./app-updates.ts";

/** After what a start has to do at once. */
const FIRST_AFTER_MS = 20_000;
const EVERY_MS = 4 * 60 * 60_000;

/** Given when the app was built: of whom it takes updates, and where from if that isn't the server. */
const { VITE_DESKTOP_FEED_KEYS, VITE_DESKTOP_FEED_URL } = import.meta.env;
const publicKeys = (VITE_DESKTOP_FEED_KEYS ?? "")
  .split(",")
  .map((key) => key.trim())
  .filter(Boolean);

type Options = { settings: SettingsFile; serverUrl: () => string | null };

export function startUpdates({ settings, serverUrl }: Options) {
  const whyOff = whyNot();
  const folder = () => VITE_DESKTOP_FEED_URL || withDesktop(serverUrl());
  const updates = openUpdates({
    updater: whyOff === "" ? autoUpdater : null,
    whyOff,
    version: app.getVersion(),
    feedUrl: () => folder()?.replace(/\/*$/, "/") ?? null,
    trust: {
      publicKeys,
      newestSeen: () => settings.get().newestFeed,
      onSeen: (newestFeed) => settings.update({ newestFeed }),
    },
    tell(state) {
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        tellPage(webContents, "updateChanged", state);
      }
    },
  });
  if (whyOff === "") {
    setTimeout(() => void updates.check(), FIRST_AFTER_MS);
    setInterval(() => void updates.check(), EVERY_MS);
  }
  return updates.calls;
}

const withDesktop = (serverUrl: string | null) => serverUrl && `${serverUrl}/desktop/`;

/** Empty: it does. */
function whyNot(): string {
  if (!app.isPackaged) return "It runs from its sources.";
  if (publicKeys.length === 0) return "It was built without a key to know its updates by.";
  if (!autoUpdater.isUpdaterActive())
    return "Install it from the AppImage or the package to get updates.";
  return "";
}
