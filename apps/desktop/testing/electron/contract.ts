import type Electron from "electron";

/** An object of `electron` with the members of it that are used. */
type Used = {
  [Name in keyof typeof Electron]?: readonly (keyof (typeof Electron)[Name])[];
};
/** A class, with the members of what is made of it. */
type UsedOfInstances = {
  BrowserWindow: readonly (keyof Electron.BrowserWindow)[];
  Menu: readonly (keyof Electron.Menu)[];
  MenuItem: readonly (keyof Electron.MenuItem)[];
  Notification: readonly (keyof Electron.Notification)[];
  Session: readonly (keyof Electron.Session)[];
  Tray: readonly (keyof Electron.Tray)[];
  WebContents: readonly (keyof Electron.WebContents)[];
  WebFrameMain: readonly (keyof Electron.WebFrameMain)[];
};

/**
 * What of `electron` the app stands on. A member that Electron renames does not compile here; the double has
 * each (contract.test.ts), and the real Electron too, where there is one. A test reads the sources for what is used and missing here.
 */
export const used = {
  app: [
    "badgeCount",
    "commandLine",
    "dock",
    "exit",
    "focus",
    "getAppPath",
    "getLocale",
    "getLoginItemSettings",
    "getName",
    "getPath",
    "getPreferredSystemLanguages",
    "getVersion",
    "hide",
    "isPackaged",
    "isReady",
    "on",
    "once",
    "quit",
    "relaunch",
    "requestSingleInstanceLock",
    "setAppUserModelId",
    "setAsDefaultProtocolClient",
    "setBadgeCount",
    "setLoginItemSettings",
    "setPath",
    "whenReady",
  ],
  BrowserWindow: ["fromWebContents", "getAllWindows", "getFocusedWindow"],
  clipboard: ["readText", "writeText"],
  crashReporter: ["start"],
  dialog: [
    "showErrorBox",
    "showMessageBox",
    "showMessageBoxSync",
    "showOpenDialog",
    "showSaveDialog",
  ],
  globalShortcut: ["isRegistered", "register", "unregister", "unregisterAll"],
  ipcMain: ["handle", "removeHandler"],
  Menu: ["buildFromTemplate", "getApplicationMenu", "setApplicationMenu"],
  nativeImage: ["createEmpty", "createFromBuffer", "createFromDataURL", "createFromPath"],
  nativeTheme: ["on", "shouldUseDarkColors", "themeSource"],
  net: ["fetch", "isOnline"],
  Notification: ["isSupported"],
  powerMonitor: ["getSystemIdleState", "isOnBatteryPower", "on"],
  protocol: ["handle", "isProtocolHandled", "registerSchemesAsPrivileged"],
  safeStorage: [
    "decryptString",
    "encryptString",
    "getSelectedStorageBackend",
    "isEncryptionAvailable",
    "setUsePlainTextEncryption",
  ],
  screen: [
    "getAllDisplays",
    "getCursorScreenPoint",
    "getDisplayNearestPoint",
    "getPrimaryDisplay",
    "on",
  ],
  session: ["defaultSession", "fromPartition"],
  shell: ["openExternal", "openPath", "showItemInFolder"],
  utilityProcess: ["fork"],
  webContents: ["fromId", "getAllWebContents"],
} as const satisfies Used;

export const usedOfInstances = {
  BrowserWindow: [
    "close",
    "destroy",
    "focus",
    "getBounds",
    "getNormalBounds",
    "hide",
    "isDestroyed",
    "isFocused",
    "isFullScreen",
    "isMaximized",
    "isMinimized",
    "isVisible",
    "loadURL",
    "maximize",
    "on",
    "once",
    "restore",
    "setBackgroundColor",
    "setBounds",
    "setFullScreen",
    "setOverlayIcon",
    "setProgressBar",
    "setTitle",
    "show",
    "webContents",
  ],
  Menu: ["append", "getMenuItemById", "items", "popup"],
  MenuItem: ["checked", "click", "enabled", "label", "submenu", "visible"],
  Notification: ["close", "on", "once", "show"],
  Session: [
    "addWordToSpellCheckerDictionary",
    "availableSpellCheckerLanguages",
    "clearAuthCache",
    "clearCache",
    "clearStorageData",
    "closeAllConnections",
    "fetch",
    "on",
    "protocol",
    "setCertificateVerifyProc",
    "setPermissionCheckHandler",
    "setPermissionRequestHandler",
    "setSpellCheckerEnabled",
    "setSpellCheckerLanguages",
  ],
  Tray: ["destroy", "on", "setContextMenu", "setImage", "setTitle", "setToolTip"],
  WebContents: [
    "copyImageAt",
    "downloadURL",
    "findInPage",
    "focus",
    "forcefullyCrashRenderer",
    "getTitle",
    "getURL",
    "id",
    "isDestroyed",
    "isLoading",
    "mainFrame",
    "on",
    "once",
    "print",
    "printToPDF",
    "reload",
    "replaceMisspelling",
    "send",
    "session",
    "setWindowOpenHandler",
    "setZoomFactor",
    "startDrag",
    "stopFindInPage",
  ],
  WebFrameMain: ["parent", "url"],
} as const satisfies UsedOfInstances;

type Module = Record<string, Record<string, unknown> | undefined>;

/**
 * The cases, each a function that stands by itself: against the real Electron it is sent into its main process
 * as text. They answer what is told of them in `holds`.
 */
export const cases = {
  "has every member that is used": {
    run: (electron: unknown, names: Record<string, readonly string[]>) => {
      const { app, ...parts } = electron as Module;
      const missing = (object: Record<string, unknown> | undefined, list: readonly string[]) =>
        list.filter((name) => !object || !(name in object));
      return Object.entries(names).flatMap(([part, list]) =>
        // The dock is on macOS only.
        missing(part === "app" ? app : parts[part], list)
          .map((name) => `${part}.${name}`)
          .filter((name) => name !== "app.dock"),
      );
    },
    holds: [],
  },
  "has every member of what its classes make": {
    run: (electron: unknown, _names: unknown, instances: Record<string, readonly string[]>) => {
      const { BrowserWindow, Menu, MenuItem, Notification, Tray, nativeImage } =
        electron as typeof Electron;
      const window = new BrowserWindow({ show: false });
      const made: Record<string, object> = {
        BrowserWindow: window,
        Menu: new Menu(),
        MenuItem: new MenuItem({ label: "One" }),
        Notification: new Notification({ title: "One" }),
        Session: window.webContents.session,
        Tray: new Tray(nativeImage.createEmpty()),
        WebContents: window.webContents,
        WebFrameMain: window.webContents.mainFrame,
      };
      const missing = Object.entries(instances).flatMap(([name, list]) =>
        list.filter((member) => !(member in (made[name] ?? {}))).map((each) => `${name}#${each}`),
      );
      // Another window stays open, so that the app does not end.
      return missing;
    },
    holds: [],
  },
  "takes one handler for each channel": {
    run: (electron: unknown) => {
      const { ipcMain } = electron as typeof Electron;
      ipcMain.handle("contract", () => 1);
      try {
        ipcMain.handle("contract", () => 2);
        return "two";
      } catch (error) {
        return String(error);
      } finally {
        ipcMain.removeHandler("contract");
      }
    },
    holds: "Error: Attempted to register a second handler for 'contract'",
  },
  "has one session for each partition, and one protocol for each session": {
    run: (electron: unknown) => {
      const { session } = electron as typeof Electron;
      const one = session.fromPartition("persist:profile-one");
      const two = session.fromPartition("persist:profile-two");
      one.protocol.handle("contract", () => new Response("one"));
      const answer = [
        one === session.fromPartition("persist:profile-one"),
        one === two,
        one.protocol.isProtocolHandled("contract"),
        two.protocol.isProtocolHandled("contract"),
        session.defaultSession.protocol.isProtocolHandled("contract"),
        one.isPersistent(),
      ];
      one.protocol.unhandle("contract");
      return answer;
    },
    holds: [true, false, true, false, false, true],
  },
  "declares no scheme once it is ready": {
    run: (electron: unknown) => {
      const { protocol } = electron as typeof Electron;
      try {
        protocol.registerSchemesAsPrivileged([{ scheme: "late" }]);
        return "declared";
      } catch (error) {
        return error instanceof Error && error.message.includes("before app is ready");
      }
    },
    holds: true,
  },
  "gives a window the session of its partition, and its preferences": {
    run: (electron: unknown) => {
      const { BrowserWindow, session } = electron as typeof Electron;
      const partition = "persist:profile-one";
      const window = new BrowserWindow({ show: false, webPreferences: { partition } });
      const { webContents } = window;
      const isOwn = webContents.session === session.fromPartition(partition);
      const isFound = BrowserWindow.fromWebContents(webContents) === window;
      window.destroy();
      return [isOwn, isFound, window.isDestroyed(), BrowserWindow.getAllWindows().includes(window)];
    },
    holds: [true, true, true, false],
  },
  "keeps a window open whose close is prevented": {
    run: (electron: unknown) => {
      const { BrowserWindow } = electron as typeof Electron;
      const window = new BrowserWindow({ show: false });
      window.once("close", (event) => event.preventDefault());
      window.close();
      const isKept = !window.isDestroyed();
      window.destroy();
      return isKept;
    },
    holds: true,
  },
  "makes a menu of a template, and finds its items": {
    run: (electron: unknown) => {
      const { Menu } = electron as typeof Electron;
      let clicked = 0;
      const menu = Menu.buildFromTemplate([
        { label: "File", submenu: [{ id: "one", label: "One", click: () => clicked++ }] },
        { role: "editMenu" },
        { type: "separator" },
      ]);
      menu.getMenuItemById("one")?.click();
      return [menu.items.map(({ type }) => type), menu.items[1]?.role, clicked];
    },
    holds: [["submenu", "submenu", "separator"], "editmenu", 1],
  },
  "opens again what safeStorage has encrypted, where it can": {
    run: (electron: unknown) => {
      const { safeStorage } = electron as typeof Electron;
      if (!safeStorage.isEncryptionAvailable()) return true;
      const bytes = safeStorage.encryptString("A token of Zoë");
      return (
        safeStorage.decryptString(bytes) === "A token of Zoë" &&
        !bytes.toString("latin1").includes("A token")
      );
    },
    holds: true,
  },
} satisfies Record<string, { run: (...given: never[]) => unknown; holds: unknown }>;
