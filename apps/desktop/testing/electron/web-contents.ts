import { EventEmitter } from "node:events";
import type { Session } from "./session.ts";
import { atStart, preventable } from "./state.ts";

/** A page's frame. Electron gives the same object for as long as the frame is there. */
export class WebFrameMain {
  readonly frames: WebFrameMain[] = [];
  url: string;
  readonly parent: WebFrameMain | null;
  constructor(url: string, parent: WebFrameMain | null = null) {
    this.url = url;
    this.parent = parent;
    parent?.frames.push(this);
  }
  get origin() {
    return URL.parse(this.url)?.origin ?? "null";
  }
  get top(): WebFrameMain {
    return this.parent?.top ?? this;
  }
}

type OpenHandler = (details: { url: string; disposition: string; frameName: string }) => {
  action: "allow" | "deny";
};

let count = 0;
const all = new Map<number, WebContents>();
atStart(() => {
  all.clear();
});

export type WebPreferences = Record<string, unknown>;

export class WebContents extends EventEmitter {
  readonly id = ++count;
  readonly mainFrame = new WebFrameMain("");
  readonly session: Session;
  readonly preferences: WebPreferences;
  /** Of a test: what the page's own side hears (ipcRenderer) and has been given (contextBridge). */
  readonly renderer = new EventEmitter();
  readonly mainWorld: Record<string, unknown> = {};
  zoomFactor = 1;
  isAudioMuted = false;
  /** Of a test: what was asked of the page. */
  readonly asked: { what: string; with: unknown[] }[] = [];
  private openHandler: OpenHandler = () => ({ action: "allow" });
  private destroyed = false;

  static fromId = (id: number) => all.get(id);
  static getAllWebContents = () => [...all.values()];
  static getFocusedWebContents = () => [...all.values()].find((each) => each.isFocused()) ?? null;

  constructor(session: Session, preferences: WebPreferences) {
    super();
    this.session = session;
    this.preferences = preferences;
    all.set(this.id, this);
  }

  getURL = () => this.mainFrame.url;
  getTitle = () => this.title;
  isDestroyed = () => this.destroyed;
  isFocused = () => false;
  isLoading = () => this.loading;
  /** Of a test: its page is still being loaded. */
  loading = false;
  title = "Guildhall";
  async loadURL(url: string) {
    this.mainFrame.url = url;
    this.emit("did-start-loading");
    this.emit("did-navigate", preventable({}), url, 200, "OK");
    this.emit("dom-ready", preventable({}));
    this.emit("did-finish-load");
  }
  reload() {
    this.note("reload");
  }
  /** Throws what cannot be cloned, as Electron. */
  send(channel: string, ...values: unknown[]) {
    const cloned = structuredClone(values);
    this.renderer.emit(channel, { senderId: 0, ports: [] }, ...cloned);
  }
  setWindowOpenHandler(handler: OpenHandler) {
    this.openHandler = handler;
  }
  destroy() {
    if (this.destroyed) return;
    this.destroyed = true;
    all.delete(this.id);
    this.emit("destroyed");
  }
  close() {
    this.destroy();
  }
  focus = () => this.note("focus");
  undo = () => this.note("undo");
  redo = () => this.note("redo");
  cut = () => this.note("cut");
  copy = () => this.note("copy");
  paste = () => this.note("paste");
  pasteAndMatchStyle = () => this.note("pasteAndMatchStyle");
  selectAll = () => this.note("selectAll");
  openDevTools = () => this.note("openDevTools");
  toggleDevTools = () => this.note("toggleDevTools");
  replaceMisspelling = (word: string) => this.note("replaceMisspelling", word);
  stopFindInPage = (what: string) => this.note("stopFindInPage", what);
  findInPage(text: string, options: object = {}) {
    this.note("findInPage", text, options);
    return this.asked.length;
  }
  copyImageAt = (x: number, y: number) => this.note("copyImageAt", x, y);
  downloadURL = (url: string) => this.note("downloadURL", url);
  /** The page's process ends, and says so. */
  forcefullyCrashRenderer() {
    this.emit("render-process-gone", preventable({}), { reason: "killed", exitCode: 1 });
  }
  startDrag = (item: object) => this.note("startDrag", item);
  print(options: object = {}, done?: (ok: boolean, reason: string) => void) {
    this.note("print", options);
    done?.(true, "");
  }
  async printToPDF(options: object) {
    this.note("printToPDF", options);
    return Buffer.from("%PDF-1.7\n");
  }
  setZoomFactor(factor: number) {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.zoomFactor = factor;
  }
  getZoomFactor = () => this.zoomFactor;
  setZoomLevel(level: number) {
    this.zoomFactor = 1.2 ** level;
  }
  getZoomLevel = () => Math.log(this.zoomFactor) / Math.log(1.2);

  private note(what: string, ...values: unknown[]) {
    this.asked.push({ what, with: values });
  }

  // What a person, or a page, does.

  /** A link is followed. Answers whether the page went there. */
  navigate(url: string) {
    const event = preventable({ url, isSameDocument: false, isMainFrame: true });
    this.emit("will-navigate", event, url);
    if (event.defaultPrevented) return false;
    this.mainFrame.url = url;
    this.emit("did-navigate", preventable({}), url, 200, "OK");
    return true;
  }
  redirect(url: string) {
    const event = preventable({ url, isSameDocument: false, isMainFrame: true });
    this.emit("will-redirect", event, url);
    return !event.defaultPrevented;
  }
  /** `window.open`. Answers whether a window was allowed. */
  openFromPage(url: string) {
    const { action } = this.openHandler({ url, disposition: "foreground-tab", frameName: "" });
    return action === "allow";
  }
  /** A permission is asked for by the page. */
  askPermission(permission: string) {
    return this.session.askPermission(this, permission);
  }
}
