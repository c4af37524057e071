import type { BrowserWindow, WebContents } from "electron";
import type { SettingsFile } from "../settings.ts";

/** As browsers have them. */
const steps = [30, 50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

type Options = {
  settings: SettingsFile;
  windowsOf: (profileId: string) => BrowserWindow[];
};

/** How large the pages are shown, in percent: of each account, in all its windows, also after a restart. */
export function keepZoom({ settings, windowsOf }: Options) {
  const get = (profileId: string) => settings.get().zoom[profileId] ?? 100;
  const apply = (contents: WebContents, profileId: string) =>
    contents.setZoomFactor(get(profileId) / 100);

  function set(profileId: string, percent: number) {
    settings.update({ zoom: { ...settings.get().zoom, [profileId]: percent } });
    for (const { webContents } of windowsOf(profileId)) apply(webContents, profileId);
  }
  function step(profileId: string, by: 1 | 0 | -1) {
    const now = get(profileId);
    const next = {
      "1": steps.find((percent) => percent > now),
      "0": 100,
      "-1": steps.findLast((percent) => percent < now),
    }[by];
    set(profileId, next ?? now);
  }
  return {
    get,
    set,
    step,
    /** Of a window that was just made: each page that is loaded begins anew. */
    follow({ webContents }: BrowserWindow, profileId: string) {
      webContents.on("did-finish-load", () => apply(webContents, profileId));
      // Ctrl and the mouse's wheel.
      webContents.on("zoom-changed", (_event, direction) =>
        step(profileId, direction === "in" ? 1 : -1),
      );
    },
  };
}
export type Zoom = ReturnType<typeof keepZoom>;
