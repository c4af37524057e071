import {
  app,
  type BrowserWindow,
  Menu,
  Notification,
  nativeTheme,
  type WebContents,
} from "electron";
import type { Handlers } from "../bridge/answer-calls.ts";
import { tellPage } from "../bridge/tell-page.ts";
import { openDesktopSettings } from "../desktop-settings.ts";
import { type Links, openLinks } from "../links/open-links.ts";
import { appMenu, type MenuProfiles } from "../menus/app-menu.ts";
import { appCommands } from "../menus/commands.ts";
import { offerContextMenu } from "../menus/context-menu.ts";
import { showBadge } from "../notify/badge.ts";
import { showNews } from "../notify/news.ts";
import { offerTray } from "../notify/tray.ts";
import { countUnread } from "../notify/unread.ts";
import { offerQuickAdd } from "../quick-add/quick-add.ts";
import { holdGlobalKey } from "../quick-add/shortcut.ts";
import type { SettingsFile } from "../settings.ts";
import type { Pages } from "../windows/page-window.ts";
import { manageWindows } from "../windows/windows.ts";
import { answerDesktopSettings } from "./desktop-state.ts";
import { offerDragOut } from "./drag-out.ts";
import { loginItem } from "./login-item.ts";
import { listenToPower } from "./power.ts";
import { guardQuit } from "./quit.ts";
import { checkSpelling } from "./spelling.ts";
import { followTheme } from "./theme.ts";
import { keepZoom } from "./zoom.ts";

/** What this part asks of accounts. */
type Profiles = {
  /** The one that was used last. */
  last: () => string;
  used: (profileId: string) => void;
  isKnown: (profileId: string) => boolean;
  /** For the menu. */
  list: () => MenuProfiles;
  /** The newest of this server; null: there is none. */
  ofServer: (server: string) => string | null;
  serverOf: (profileId: string) => string | null;
  /** Begins an account on a server. */
  addServer: (server: string) => string;
  /** Opens a window in which a server can be named. */
  add: (from: WebContents | null) => void;
  switchTo: (profileId: string, from: WebContents | null) => void;
};

type Options = {
  settings: SettingsFile;
  pages: Omit<Pages, "onOpened">;
  profiles: Profiles;
  links: Links;
  platform?: NodeJS.Platform;
  argv?: readonly string[];
};

export type System = ReturnType<typeof startSystem>;

/** The app's place in its system: windows, menus, tray, notifications, links, keys. Called once it is ready. */
export function startSystem(options: Options) {
  const { settings, profiles, links, platform = process.platform, argv = process.argv } = options;
  const desktop = openDesktopSettings(settings, platform);
  const login = loginItem(platform);
  const unread = countUnread();
  const pages: Pages = { ...options.pages, onOpened: equip };
  const windows = manageWindows({
    ...{ pages, settings, lastProfile: profiles.last, onUsed: profiles.used },
    staysOpen: () => desktop.get().staysOpen,
    onHidden: () => sayStaysOpen(settings, () => windows.show()),
    onNone: () => !desktop.get().staysOpen && app.quit(),
  });
  const windowsOf = (profileId: string) =>
    windows.all().filter((window) => windows.profileIn(window) === profileId);
  const zoom = keepZoom({ settings, windowsOf });
  const news = showNews({ windows, notifies: () => desktop.get().notifies });
  const quickAdd = offerQuickAdd({ pages, lastProfile: profiles.last, platform });
  const key = holdGlobalKey(quickAdd.show);
  const dragOut = offerDragOut(profiles);
  const quit = guardQuit(windows);
  const commands = appCommands({ windows, zoom, profiles, quickAdd: quickAdd.show });
  const tray = offerTray({
    ...{ unread, platform, quickAdd: quickAdd.show, quit: () => app.quit() },
    open: () => void windows.show(),
    inbox: () => commands.page("inbox"),
  });

  /** Before its page is loaded. */
  function equip(window: BrowserWindow, profileId: string) {
    offerContextMenu(window.webContents);
    checkSpelling(window.webContents.session, desktop.get().spellLanguages);
    zoom.follow(window, profileId);
  }

  function setMenu() {
    const template = appMenu(commands, profiles.list(), platform);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  showBadge(unread, platform);
  followTheme();
  listenToPower((what) => {
    for (const { webContents } of windows.all()) tellPage(webContents, "wake", what);
  });
  tray.show(desktop.get().tray);
  key.set(desktop.get().quickAddKey);
  desktop.watch((now, before) => {
    tray.show(now.tray);
    if (now.quickAddKey !== before.quickAddKey) key.set(now.quickAddKey);
    for (const { webContents } of windows.all()) {
      checkSpelling(webContents.session, now.spellLanguages);
    }
  });
  app.on("second-instance", () => void windows.show());
  app.on("activate", () => void windows.show());
  // Whether the app ends is said by its own windows: a hidden one of quick add is none.
  app.on("window-all-closed", () => undefined);
  app.on("will-quit", () => {
    key.release();
    void dragOut.clear();
  });
  setMenu();
  windows.restore(profiles.isKnown, { isHidden: login.wasStartedBySystem(argv) });
  const addServer = (server: string, path: string) =>
    windows.openAt(profiles.addServer(server), path);
  const open = openLinks({ profileOf: profiles.ofServer, addServer, go: windows.go });
  links.begin((link) => void open(link));

  const handlers = {
    tellNews: (of, caller) => news.tell(of, caller),
    setUnread(of, { profileId }) {
      if (of) unread.set(profileId, of.workspaceId, of.count);
      else unread.clear(profileId);
    },
    setTheme(theme) {
      nativeTheme.themeSource = theme;
    },
    closeQuickAdd: () => quickAdd.hide(),
    prepareDrag: ({ url, name }, caller) => dragOut.prepare(url, name, caller),
    startDrag: (token, caller) => dragOut.start(token, caller),
    answerWaiting: (count, { contents }) => quit.answer(contents, count),
    ...answerDesktopSettings({
      ...{ desktop, login, zoom, quickAddProblem: key.problem },
      sessionOf: pages.sessionOf,
    }),
  } satisfies Partial<Handlers>;
  return {
    handlers,
    windows,
    /** The list of accounts is another: who is gone has no window and nothing unread. */
    profilesChanged() {
      setMenu();
      for (const { webContents } of windows.all()) tellPage(webContents, "profilesChanged", null);
    },
    profileGone(profileId: string) {
      windows.destroyAll(profileId);
      quickAdd.close();
      unread.clear(profileId);
    },
  };
}

/** Where the tray is, an app seems to have ended with its window: said once. */
function sayStaysOpen(settings: SettingsFile, open: () => void) {
  if (settings.get().saidStaysOpen || !Notification.isSupported()) return;
  settings.update({ saidStaysOpen: true });
  const notification = new Notification({
    title: "Guildhall is still running",
    body: "It goes on telling you what's new. Settings, Desktop app says whether it does.",
  });
  notification.on("click", open);
  notification.show();
}
