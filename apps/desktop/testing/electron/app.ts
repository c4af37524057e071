import { EventEmitter } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWindows } from "./open-windows.ts";
import { session, tellOfSessions } from "./session.ts";
import { atStart, becomeReady, isReady, preventable } from "./state.ts";

type Login = { openAtLogin: boolean; openAsHidden?: boolean; args?: string[] };

class App extends EventEmitter {
  isPackaged = true;
  name = "Guildhall";
  badgeCount = 0;
  /** Of a test: set once the process would have ended. */
  exitCode: number | null = null;
  isRelaunched = false;
  hasLock = true;
  version = "0.1.0";
  paths: Record<string, string> = {};
  languages = ["en-GB"];
  protocols = new Set<string>();
  login: Login = { openAtLogin: false };
  switches = new Map<string, string | undefined>();
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => void this.switches.set(name, value),
    hasSwitch: (name: string) => this.switches.has(name),
    getSwitchValue: (name: string) => this.switches.get(name) ?? "",
  };
  /** On macOS only, as in Electron. */
  dock: { badge: string; setBadge(text: string): void; setMenu(menu: unknown): void } | undefined;
  private waiting = Promise.withResolvers<void>();

  start() {
    this.removeAllListeners();
    this.waiting = Promise.withResolvers<void>();
    Object.assign(this, { isPackaged: true, badgeCount: 0, exitCode: null, isRelaunched: false });
    Object.assign(this, { hasLock: true, version: "0.1.0", name: "Guildhall" });
    this.paths = {};
    this.languages = ["en-GB"];
    this.protocols.clear();
    this.switches.clear();
    this.login = { openAtLogin: false };
    this.dock =
      process.platform === "darwin"
        ? {
            badge: "",
            setBadge(text) {
              this.badge = text;
            },
            setMenu() {},
          }
        : undefined;
  }

  /** Of a test: the system has started the app. */
  async becomeReady() {
    becomeReady();
    // Electron has the default one from the beginning.
    void session.defaultSession;
    this.emit("ready", preventable({}), {});
    this.waiting.resolve();
    await this.waiting.promise;
  }

  isReady = () => isReady();
  whenReady = () => this.waiting.promise;
  getName = () => this.name;
  setName(name: string) {
    this.name = name;
  }
  getVersion = () => this.version;
  getPath = (name: string) => this.paths[name] ?? join(tmpdir(), "guildhall-double", name);
  setPath(name: string, path: string) {
    this.paths[name] = path;
  }
  getAppPath = () => join(tmpdir(), "guildhall-double", "app.asar");
  getLocale = () => this.languages[0] ?? "";
  getPreferredSystemLanguages = () => this.languages;
  setAppUserModelId(_id: string) {}
  enableSandbox() {}
  requestSingleInstanceLock = (_data?: object) => this.hasLock;
  releaseSingleInstanceLock() {
    this.hasLock = false;
  }
  setAsDefaultProtocolClient(scheme: string, _path?: string, _args?: string[]) {
    this.protocols.add(scheme);
    return true;
  }
  removeAsDefaultProtocolClient = (scheme: string) => this.protocols.delete(scheme);
  isDefaultProtocolClient = (scheme: string) => this.protocols.has(scheme);
  /** Linux has it in Unity's launcher only: there as everywhere the number is remembered. */
  setBadgeCount(count = 0) {
    this.badgeCount = count;
    return true;
  }
  getBadgeCount = () => this.badgeCount;
  setLoginItemSettings(login: Login) {
    this.login = { ...login };
  }
  getLoginItemSettings = () => ({ wasOpenedAtLogin: false, ...this.login });
  focus() {}
  hide() {}
  show() {}
  relaunch() {
    this.isRelaunched = true;
  }
  exit(code = 0) {
    for (const window of [...openWindows]) window.destroy();
    this.emit("quit", preventable({}), code);
    this.exitCode = code;
  }
  /** before-quit, each window's close, will-quit: whoever prevents one of them keeps the app. */
  quit() {
    const before = preventable({});
    this.emit("before-quit", before);
    if (before.defaultPrevented) return;
    for (const window of [...openWindows]) {
      window.close();
      if (!window.isDestroyed()) return;
    }
    const will = preventable({});
    this.emit("will-quit", will);
    if (!will.defaultPrevented) this.exit(0);
  }
}

export const app = new App();
tellOfSessions((created) => app.emit("session-created", created));
atStart(() => app.start());
