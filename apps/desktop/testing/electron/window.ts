import { EventEmitter } from "node:events";
import { app } from "./app.ts";
import { openWindows } from "./open-windows.ts";
import { type Session, session } from "./session.ts";
import { atStart, needsReady, preventable } from "./state.ts";
import { WebContents, type WebPreferences } from "./web-contents.ts";

type Rectangle = { x: number; y: number; width: number; height: number };
type Options = Partial<Rectangle> & {
  show?: boolean;
  title?: string;
  webPreferences?: WebPreferences & { session?: Session; partition?: string };
  [name: string]: unknown;
};

let windows: BrowserWindow[] = [];
let focused: BrowserWindow | null = null;
let count = 0;
atStart(() => {
  windows = [];
  focused = null;
});

export class BrowserWindow extends EventEmitter {
  readonly id = ++count;
  readonly webContents: WebContents;
  readonly options: Options;
  private visible: boolean;
  private state: "normal" | "minimized" | "maximized" | "fullscreen" = "normal";
  private destroyed = false;
  private bounds: Rectangle;
  private title: string;
  /** Of a test: what was set of it by name. */
  readonly settings = new Map<string, unknown>();

  static getAllWindows = () => [...windows];
  static getFocusedWindow = () => focused;
  static fromId = (id: number) => windows.find((each) => each.id === id) ?? null;
  static fromWebContents = (contents: WebContents) =>
    windows.find((each) => each.webContents === contents) ?? null;

  constructor(options: Options = {}) {
    super();
    needsReady("Cannot create BrowserWindow before app is ready");
    this.options = options;
    const { session: given, partition, ...preferences } = options.webPreferences ?? {};
    const of = given ?? (partition ? session.fromPartition(partition) : session.defaultSession);
    this.webContents = new WebContents(of, preferences);
    this.visible = options.show !== false;
    this.title = options.title ?? "";
    const { x = 100, y = 100, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    windows.push(this);
    openWindows.add(this);
    app.emit("web-contents-created", preventable({}), this.webContents);
    app.emit("browser-window-created", preventable({}), this);
  }

  async loadURL(url: string) {
    await this.webContents.loadURL(url);
    this.emit("ready-to-show");
  }
  show() {
    this.visible = true;
    this.emit("show");
    this.focus();
  }
  showInactive() {
    this.visible = true;
    this.emit("show");
  }
  hide() {
    this.visible = false;
    this.blur();
    this.emit("hide");
  }
  focus() {
    if (focused === this) return;
    focused?.blur();
    focused = this;
    this.emit("focus");
    app.emit("browser-window-focus", preventable({}), this);
  }
  blur() {
    if (focused !== this) return;
    focused = null;
    this.emit("blur");
    app.emit("browser-window-blur", preventable({}), this);
  }
  minimize = () => this.become("minimized", "minimize");
  maximize = () => this.become("maximized", "maximize");
  unmaximize = () => this.become("normal", "unmaximize");
  restore = () => this.become("normal", "restore");
  setFullScreen = (on: boolean) =>
    this.become(on ? "fullscreen" : "normal", on ? "enter-full-screen" : "leave-full-screen");
  private become(state: typeof this.state, event: string) {
    this.state = state;
    this.visible = state !== "minimized";
    this.emit(event);
  }
  isMinimized = () => this.state === "minimized";
  isMaximized = () => this.state === "maximized";
  isFullScreen = () => this.state === "fullscreen";
  isVisible = () => this.visible;
  isFocused = () => focused === this;
  isDestroyed = () => this.destroyed;
  getBounds = () => ({ ...this.bounds });
  getNormalBounds = () => ({ ...this.bounds });
  setBounds(bounds: Partial<Rectangle>) {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit("resize");
  }
  setSize(width: number, height: number) {
    this.setBounds({ width, height });
  }
  getTitle = () => this.title;
  setTitle(title: string) {
    this.title = title;
  }
  setMenuBarVisibility = (visible: boolean) => this.set("menuBarVisibility", visible);
  setAutoHideMenuBar = (hides: boolean) => this.set("autoHideMenuBar", hides);
  setBackgroundColor = (color: string) => this.set("backgroundColor", color);
  setTitleBarOverlay = (options: object) => this.set("titleBarOverlay", options);
  setOverlayIcon = (image: unknown, description: string) =>
    this.set("overlayIcon", { image, description });
  setProgressBar = (share: number) => this.set("progressBar", share);
  setAlwaysOnTop = (on: boolean) => this.set("alwaysOnTop", on);
  flashFrame = (on: boolean) => this.set("flashFrame", on);
  center = () => this.set("center", true);
  moveTop = () => this.set("moveTop", true);
  private set(name: string, value: unknown) {
    this.settings.set(name, value);
  }
  close() {
    if (this.destroyed) return;
    const event = preventable({});
    this.emit("close", event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy() {
    if (this.destroyed) return;
    this.blur();
    this.destroyed = true;
    this.webContents.destroy();
    openWindows.delete(this);
    windows = windows.filter((each) => each !== this);
    this.emit("closed");
    if (windows.length > 0 || app.exitCode !== null) return;
    // Without a listener Electron quits.
    if (!app.emit("window-all-closed")) app.quit();
  }
}
