import type { BrowserWindow, Rectangle } from "electron";
import type { SettingsFile, WindowBounds } from "./settings.ts";

const standard: WindowBounds = { width: 1280, height: 820, maximized: false };

/**
 * Where the window was, if any screen still shows it: a laptop that was unplugged from its second
 * screen must not open its window outside of what can be seen.
 */
export function boundsToOpen(stored: WindowBounds | null, screens: Rectangle[]): WindowBounds {
  if (!stored) return standard;
  const { x, y, width, height, maximized } = stored;
  if (x === undefined || y === undefined) return stored;
  // 80 × 40 of the title bar is what a person needs to drag the window back.
  const isVisible = screens.some(
    (screen) =>
      x + width > screen.x + 80 &&
      x < screen.x + screen.width - 80 &&
      y >= screen.y &&
      y < screen.y + screen.height - 40,
  );
  return isVisible ? stored : { width, height, maximized };
}

export function rememberBounds(window: BrowserWindow, settings: SettingsFile) {
  // On close only: moving a window fires hundreds of events, and only the last one matters.
  window.on("close", () => {
    settings.update({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  });
}
