import { app, BrowserWindow, screen } from "electron";
import { registerPage } from "../bridge/callers.ts";
import { tellPage } from "../bridge/tell-page.ts";
import { createPageWindow, type Pages } from "../windows/page-window.ts";

const size = { width: 560, height: 168 };
/** From the screen's top, as a share of its height: where the eyes are. */
const DOWN = 0.22;

export const QUICK_ADD_PATH = "/quick-add";

type Options = { pages: Pages; lastProfile: () => string; platform?: NodeJS.Platform };

/**
 * A small window in which a task is written down, whatever program is in front. It is made once for an account and
 * then hidden: so it is there at once, and what was written goes on its way.
 */
export function offerQuickAdd({ pages, lastProfile, platform = process.platform }: Options) {
  let window: BrowserWindow | null = null;
  let profileId: string | null = null;
  /** Of our own windows, the one that was in front; null: another program was. */
  let before: BrowserWindow | null = null;

  function make(of: string) {
    const made = createPageWindow(
      pages,
      { profileId: of, path: QUICK_ADD_PATH },
      {
        ...size,
        frame: false,
        resizable: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        skipTaskbar: true,
        alwaysOnTop: true,
        title: "New task",
        // Over a program that takes the whole screen, on macOS.
        ...(platform === "darwin" && { type: "panel" }),
      },
    );
    registerPage(made.webContents, of);
    made.on("blur", () => hide(made, { isLeft: true }));
    made.on("closed", () => {
      if (window === made) window = null;
    });
    return made;
  }

  function place(made: BrowserWindow) {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    made.setBounds({
      ...size,
      x: Math.round(workArea.x + (workArea.width - size.width) / 2),
      y: Math.round(workArea.y + workArea.height * DOWN),
    });
  }

  /** `isLeft`: the person has gone on to another window by themselves. */
  function hide(made: BrowserWindow, { isLeft }: { isLeft: boolean }) {
    if (made.isDestroyed() || !made.isVisible()) return;
    made.hide();
    if (isLeft) return;
    if (before && !before.isDestroyed()) before.focus();
    // macOS would bring another window of ours to the front, instead of the program that was there.
    else if (platform === "darwin") app.hide();
  }

  return {
    show() {
      const wanted = lastProfile();
      if (window && profileId !== wanted) window.destroy();
      const front = BrowserWindow.getFocusedWindow();
      if (front !== window) before = front;
      if (!window) {
        window = make(wanted);
        profileId = wanted;
        const made = window;
        place(made);
        made.once("ready-to-show", () => made.show());
        return;
      }
      if (window.isVisible() && window.isFocused()) return hide(window, { isLeft: false });
      place(window);
      window.show();
      tellPage(window.webContents, "quickAddShown", true);
    },
    hide() {
      if (window) hide(window, { isLeft: false });
    },
    /** None is left of an account that is gone; nor one that would keep the app from ending. */
    close() {
      window?.destroy();
    },
  };
}
