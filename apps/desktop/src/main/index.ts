import { join } from "node:path";
import { app, BrowserWindow, nativeTheme, screen, session } from "electron";
import { setAppMenu } from "./app-menu.ts";
import { appOrigin, declareAppScheme, serveAppPages } from "./app-protocol.ts";
import { answerCalls, type Handlers } from "./bridge/answer-calls.ts";
import { registerPage } from "./bridge/callers.ts";
import { tellPage } from "./bridge/tell-page.ts";
import { lockDown, openExternal } from "./lock-down.ts";
import { readServerUrl } from "./server-url.ts";
import { openSettings } from "./settings.ts";
import { openTokenStore } from "./token-store.ts";
import { boundsToOpen, rememberBounds } from "./window-bounds.ts";

// Set by `electron-vite dev`: the window then shows the development server's page.
const devUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const ownOrigin = devUrl ? new URL(devUrl).origin : appOrigin;
// Used until the person names a server, given when the app was built or when it is started.
const presetServerUrl = process.env.VITE_API_URL || import.meta.env.VITE_API_URL;

let mainWindow: BrowserWindow | null = null;

const settings = openSettings(join(app.getPath("userData"), "settings.json"));

function currentServerUrl(): string | null {
  return settings.get().serverUrl ?? (presetServerUrl ? readServerUrl(presetServerUrl) : null);
}

function openWindow() {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...bounds } = boundsToOpen(settings.get().window, areas);
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
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: true,
      additionalArguments: [`--guildhall-version=${app.getVersion()}`],
    },
  });
  mainWindow = window;
  registerPage(window.webContents, "default");
  rememberBounds(window, settings);
  window.once("ready-to-show", () => (maximized ? window.maximize() : window.show()));
  window.on("closed", () => {
    mainWindow = null;
  });
  void window.loadURL(devUrl ?? `${appOrigin}/`);
}

function showWindow() {
  if (!mainWindow) return openWindow();
  if (mainWindow.isMinimized()) mainWindow.restore();
  mainWindow.focus();
}

if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  app.on("second-instance", showWindow);
  app.on("activate", showWindow);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });

  void app.whenReady().then(() => {
    serveAppPages(join(import.meta.dirname, "../renderer"));
    lockDown(session.defaultSession, ownOrigin);
    const tokens = openTokenStore(settings, currentServerUrl);
    const handlers = {
      getServerUrl: currentServerUrl,
      setServerUrl(typed) {
        const serverUrl = readServerUrl(typed);
        settings.update({ serverUrl });
        return serverUrl;
      },
      getToken: () => tokens.get(),
      setToken: (token) => tokens.set(token),
      clearToken: () => tokens.clear(),
      openExternal,
    } satisfies Handlers;
    answerCalls(handlers, ownOrigin);
    setAppMenu((command) => {
      showWindow();
      if (mainWindow) tellPage(mainWindow.webContents, "menuCommand", command);
    });
    openWindow();
  });
} else {
  app.quit();
}
