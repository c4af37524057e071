import type { DesktopSettings } from "../shared/desktop-settings.ts";
import type { SettingsFile } from "./settings.ts";

/**
 * As long as nobody has set them. On Linux many desktops show no tray: an app without a window would be one that
 * cannot be found again, so there it ends with its last window.
 */
export const defaultsOf = (platform: NodeJS.Platform): DesktopSettings => ({
  staysOpen: platform !== "linux",
  tray: platform === "win32",
  notifies: true,
  opensAtLogin: false,
  quickAddKey: "CommandOrControl+Shift+Space",
  spellLanguages: null,
});

export type DesktopSettingsStore = ReturnType<typeof openDesktopSettings>;

/** What is stored is what somebody has set otherwise. */
export function openDesktopSettings(file: SettingsFile, platform = process.platform) {
  const watchers = new Set<(now: DesktopSettings, before: DesktopSettings) => void>();
  const get = (): DesktopSettings => ({ ...defaultsOf(platform), ...file.get().desktop });
  return {
    get,
    set(changes: Partial<DesktopSettings>) {
      const before = get();
      file.update({ desktop: { ...file.get().desktop, ...changes } });
      for (const watcher of watchers) watcher(get(), before);
    },
    watch(watcher: (now: DesktopSettings, before: DesktopSettings) => void) {
      watchers.add(watcher);
    },
  };
}
