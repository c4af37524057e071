import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  nativeTheme,
  type Session,
} from "electron";
import { readPlace } from "../../shared/app-link.ts";
import { offerReload } from "./page-gone.ts";

/** Where our pages are, and what stands between them and main. */
export type Pages = {
  /** The preload script. */
  preload: string;
  urlOf: (path: string) => string;
  /** A profile's own store of everything. */
  sessionOf: (profileId: string) => Session;
  /** Before the page is loaded. */
  onOpened: (window: BrowserWindow, profileId: string) => void;
};

/** The page's own background, so that no white flashes up before its first paint. */
export const background = () => (nativeTheme.shouldUseDarkColors ? "#131417" : "#ffffff");

/** A window that shows our pages, and nothing else. */
export function createPageWindow(
  pages: Pages,
  { profileId, path }: { profileId: string; path: string },
  look: BrowserWindowConstructorOptions,
): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    title: "Guildhall",
    backgroundColor: background(),
    autoHideMenuBar: true,
    ...look,
    webPreferences: {
      preload: pages.preload,
      session: pages.sessionOf(profileId),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: true,
      additionalArguments: [`--guildhall-version=${app.getVersion()}`],
    },
  });
  offerReload(window);
  pages.onOpened(window, profileId);
  void window.loadURL(pages.urlOf(path));
  return window;
}

/** What a window shows, as it is opened again: nothing with a secret in it. */
export function placeOf(url: string): string {
  const { pathname = "", search = "", hash = "" } = URL.parse(url) ?? {};
  return readPlace(pathname + search + hash) ?? "/";
}
