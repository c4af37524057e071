import { join } from "node:path";
import { PROTOCOL_VERSION } from "@guildhall/api/protocol";
import { app, BrowserWindow, nativeTheme, screen } from "electron";
import { setAppMenu } from "./app-menu.ts";
import { appOrigin, declareAppScheme, readAppPages } from "./app-protocol.ts";
import { answerCalls, type Handlers } from "./bridge/answer-calls.ts";
import { profileOf, registerPage } from "./bridge/callers.ts";
import { tellPage } from "./bridge/tell-page.ts";
import { lockDown, openExternal } from "./lock-down.ts";
import { openServers } from "./profiles/servers.ts";
import { openSettings } from "./settings.ts";
import { boundsToOpen, rememberBounds } from "./window-bounds.ts";

// Set by `electron-vite dev`: the window then shows the development server's page.
const devUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const ownOrigin = devUrl ? new URL(devUrl).origin : appOrigin;
// Used until the person names a server, given when the app was built or when it is started.
const presetServerUrl = process.env.VITE_API_URL || import.meta.env.VITE_API_URL;

const settings = openSettings(join(app.getPath("userData"), "settings.json"));

if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  lockDown(ownOrigin);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start() {
  const servers = openServers({
    settings,
    presetServerUrl,
    servePages: readAppPages(join(import.meta.dirname, "../renderer")),
    protocol: { protocol: PROTOCOL_VERSION, oldestProtocol: PROTOCOL_VERSION },
    windows: { show: showProfile, closeAll, onChanged },
  });
  answerCalls({ ...servers.calls, openExternal } satisfies Handlers, ownOrigin);
  setMenu();
  showWindow();
  app.on("second-instance", showWindow);
  app.on("activate", showWindow);

  function setMenu() {
    setAppMenu({
      send(command) {
        showWindow();
        const window = BrowserWindow.getFocusedWindow();
        if (window) tellPage(window.webContents, "menuCommand", command);
      },
      profiles: servers.list(),
      onSwitch: (id) => servers.switchTo(id, BrowserWindow.getFocusedWindow()?.webContents ?? null),
      onAdd: () => servers.add(BrowserWindow.getFocusedWindow()?.webContents ?? null),
    });
  }

  function showWindow() {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows().at(-1);
    if (window) reveal(window);
    else openWindow(servers.current());
  }

  function windowsOf(profileId: string) {
    return BrowserWindow.getAllWindows().filter(
      ({ webContents }) => profileOf(webContents) === profileId,
    );
  }

  function showProfile(profileId: string, instead: Electron.WebContents | null) {
    const [there] = windowsOf(profileId);
    const old = instead && BrowserWindow.fromWebContents(instead);
    if (there) return reveal(there);
    const window = openWindow(profileId, old?.getNormalBounds());
    // Only then, so that the app is never without a window.
    if (old) window.once("ready-to-show", () => !old.isDestroyed() && old.close());
  }

  function closeAll(profileId: string) {
    const going = windowsOf(profileId);
    if (going.length === BrowserWindow.getAllWindows().length) {
      const other = servers.list().find(({ id }) => id !== profileId);
      if (other) openWindow(other.id);
    }
    for (const window of going) window.destroy();
  }

  function onChanged() {
    setMenu();
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      tellPage(webContents, "profilesChanged", null);
    }
  }

  function openWindow(profileId: string, place?: Electron.Rectangle) {
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const stored = place ? { ...place, maximized: false } : settings.get().window;
    const { maximized, ...bounds } = boundsToOpen(stored, areas);
    const window = new BrowserWindow({
      ...bounds,
      minWidth: 380,
      minHeight: 480,
      show: false,
      title: "Guildhall",
      // The page's own background, so that no white flashes up before its first paint.
      backgroundColor: nativeTheme.shouldUseDarkColors ? "#131417" : "#ffffff",
      autoHideMenuBar: true,
      webPreferences: {
        preload: join(import.meta.dirname, "../preload/index.cjs"),
        session: servers.sessionOf(profileId),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: true,
        additionalArguments: [`--guildhall-version=${app.getVersion()}`],
      },
    });
    registerPage(window.webContents, profileId);
    rememberBounds(window, settings);
    window.once("ready-to-show", () => (maximized ? window.maximize() : window.show()));
    window.on("focus", () => servers.used(profileId));
    void window.loadURL(devUrl ?? `${appOrigin}/`);
    return window;
  }
}

function reveal(window: BrowserWindow) {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
