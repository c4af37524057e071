import type { Rectangle } from "electron";
import type { WindowBounds } from "./stored-window.ts";

const standard: WindowBounds = { width: 1280, height: 820, maximized: false };
export const smallest = { width: 380, height: 480 };

/** How far from the last one the next window lies, so that both are seen. */
const STEP = 28;

/**
 * Where the window was, if any screen still shows it, and no larger than that screen: a laptop that was
 * unplugged from its second screen must not open its window outside of what can be seen.
 */
export function boundsToOpen(stored: WindowBounds | null, areas: Rectangle[]): WindowBounds {
  if (!stored) return standard;
  const { x, y, maximized } = stored;
  const area = areas.find((each) => x !== undefined && y !== undefined && shows(each, stored));
  const { width, height } = fit(stored, area ?? areas[0]);
  if (x === undefined || y === undefined || !area) return { width, height, maximized };
  return {
    x: Math.min(Math.max(x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(y, area.y), area.y + area.height - height),
    width,
    height,
    maximized,
  };
}

/** Beside a window that is open already. */
export function boundsBeside(open: Rectangle, areas: Rectangle[]): WindowBounds {
  const beside = { ...open, x: open.x + STEP, y: open.y + STEP, maximized: false };
  return boundsToOpen(beside, areas);
}

/** 80 × 40 of the title bar is what a person needs to drag the window back. */
function shows(area: Rectangle, { x = 0, y = 0, width }: WindowBounds): boolean {
  return (
    x + width > area.x + 80 &&
    x < area.x + area.width - 80 &&
    y >= area.y &&
    y < area.y + area.height - 40
  );
}

const fit = ({ width, height }: WindowBounds, area: Rectangle | undefined) => ({
  width: Math.max(smallest.width, Math.min(width, area?.width ?? width)),
  height: Math.max(smallest.height, Math.min(height, area?.height ?? height)),
});
