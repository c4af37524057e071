import { useSyncExternalStore } from "react";
import { platform } from "@/platform/platform.ts";

export type Theme = "system" | "light" | "dark";

// public/first-paint.js reads the same key before the first paint.
const key = "guildhall.theme";

function readTheme(): Theme {
  const stored = localStorage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setTheme(theme: Theme) {
  if (theme === "system") {
    localStorage.removeItem(key);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(key, theme);
    document.documentElement.dataset.theme = theme;
  }
  for (const watcher of watchers) watcher();
  tellTheme();
}

/** Title bar and menus of the desktop app are as its pages. */
export function tellTheme() {
  void platform.desktop?.setTheme(readTheme());
}

const watchers = new Set<() => void>();

function watch(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** What was chosen, for the places that offer the choice. */
export const useTheme = (): Theme => useSyncExternalStore(watch, readTheme);
