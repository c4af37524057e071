import { app, BrowserWindow, screen, type WebContents } from "electron";
import { profileOf, registerPage } from "../bridge/callers.ts";
import { tellPage } from "../bridge/tell-page.ts";
import type { SettingsFile } from "../settings.ts";
import { createPageWindow, type Pages, placeOf } from "./page-window.ts";
import type { StoredWindow, WindowBounds } from "./stored-window.ts";
import { boundsBeside, boundsToOpen, smallest } from "./window-bounds.ts";

type Options = {
  pages: Pages;
  settings: SettingsFile;
  /** A window of the account that was used last. */
  lastProfile: () => string;
  /** A window of this account came to the front. */
  onUsed: (profileId: string) => void;
  /** Whether the app goes on when its last window is closed. */
  staysOpen: () => boolean;
  /** Its last window was closed, and the app goes on. */
  onHidden: () => void;
  /** There is none left, and no other comes in its place. */
  onNone: () => void;
};

export type Windows = ReturnType<typeof manageWindows>;

/** The windows that people work in. Each belongs to a profile; a profile may have several. */
export function manageWindows({
  pages,
  settings,
  lastProfile,
  onUsed,
  staysOpen,
  onHidden,
  onNone,
}: Options) {
  /** The one that was in front last is the last. */
  let open: BrowserWindow[] = [];
  let isQuitting = false;

  const profileIn = (window: BrowserWindow) => profileOf(window.webContents) ?? lastProfile();
  const stored = (window: BrowserWindow): StoredWindow => ({
    profileId: profileIn(window),
    path: placeOf(window.webContents.getURL()),
    bounds: { ...window.getNormalBounds(), maximized: window.isMaximized() },
  });
  const remember = (some = open) => settings.update({ windows: some.map(stored) });

  function onClose(event: Electron.Event, window: BrowserWindow) {
    if (isQuitting) return;
    const others = open.filter((each) => each !== window);
    // The last one is what the next start begins with.
    remember(others.length > 0 ? others : open);
    const isLast = !others.some((each) => each.isVisible());
    if (!isLast || !staysOpen()) return;
    // Its page goes on: it tells what is new, and sends what waits.
    event.preventDefault();
    if (window.isFullScreen()) window.setFullScreen(false);
    window.hide();
    onHidden();
  }

  function add(profileId: string, path: string, { x, y, width, height, maximized }: WindowBounds) {
    const at = x === undefined || y === undefined ? {} : { x, y };
    const look = { ...at, width, height, minWidth: smallest.width, minHeight: smallest.height };
    const window = createPageWindow(pages, { profileId, path }, look);
    registerPage(window.webContents, profileId);
    open.push(window);
    window.on("focus", () => {
      open = [...open.filter((each) => each !== window), window];
      onUsed(profileId);
    });
    window.on("close", (event) => onClose(event, window));
    window.on("closed", () => {
      open = open.filter((each) => each !== window);
      if (open.length === 0) setImmediate(() => open.length === 0 && !isQuitting && onNone());
    });
    return { window, maximized };
  }

  const areas = () => screen.getAllDisplays().map(({ workArea }) => workArea);

  function openAt(profileId: string, path: string, bounds?: WindowBounds) {
    const last = open.at(-1);
    const place = bounds ?? (last ? boundsBeside(last.getNormalBounds(), areas()) : standing());
    const { window, maximized } = add(profileId, path, boundsToOpen(place, areas()));
    window.once("ready-to-show", () => (maximized ? window.maximize() : window.show()));
    return window;
  }
  const standing = () => settings.get().windows.at(-1)?.bounds ?? null;

  function reveal(window: BrowserWindow) {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }
  const lastOf = (profileId: string) => open.findLast((window) => profileIn(window) === profileId);

  app.on("before-quit", () => {
    if (open.length > 0) remember();
  });

  return {
    all: () => [...open],
    profileIn,
    openAt,
    reveal,
    lastOf,
    /** The one in front, or that was there last. */
    current: () => open.at(-1) ?? null,
    /** In front; one is opened where there is none. */
    show(profileId = lastProfile()) {
      const window = open.at(-1) ?? null;
      return window ? reveal(window) : openAt(profileId, "/");
    },
    /** The account's own window in front, in the place of the one that was switched from. */
    switchTo(profileId: string, instead: WebContents | null) {
      const there = lastOf(profileId);
      if (there) return void reveal(there);
      const old = instead && BrowserWindow.fromWebContents(instead);
      const place = old && { ...old.getNormalBounds(), maximized: old.isMaximized() };
      const window = openAt(profileId, "/", place ?? undefined);
      // Only then, so that the app is never without a window.
      if (old) window.once("ready-to-show", () => !old.isDestroyed() && old.close());
    },
    /** All of an account that is removed, whatever their pages say. */
    destroyAll(profileId: string) {
      for (const window of open.filter((each) => profileIn(each) === profileId)) window.destroy();
    },
    /** Shows a place in the account's last window. */
    go(profileId: string, path: string) {
      const window = lastOf(profileId);
      if (!window) return openAt(profileId, path);
      // A page that is still being loaded hears nothing yet.
      if (window.webContents.isLoading()) void window.loadURL(pages.urlOf(path));
      else tellPage(window.webContents, "openPlace", path);
      return reveal(window);
    },
    /** As they were when the app ended. `isHidden`: none is shown, though its page works. */
    restore(isKnown: (profileId: string) => boolean, { isHidden = false } = {}) {
      const known = settings.get().windows.filter(({ profileId }) => isKnown(profileId));
      const some =
        known.length > 0 ? known : [{ profileId: lastProfile(), path: "/", bounds: null }];
      for (const { profileId, path, bounds } of some) {
        const to = boundsToOpen(bounds, areas());
        if (isHidden) add(profileId, path, to);
        else openAt(profileId, path, to);
      }
    },
    /** From now on windows close. */
    quitting(is: boolean) {
      isQuitting = is;
    },
  };
}
