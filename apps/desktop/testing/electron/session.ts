import { EventEmitter } from "node:events";
import { fetchIn, type VerifyProc } from "./fetch.ts";
import { Protocol } from "./protocol.ts";
import { atStart, needsReady } from "./state.ts";
import type { WebContents } from "./web-contents.ts";

type RequestHandler = (
  contents: WebContents,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string; isMainFrame: boolean },
) => void;
type CheckHandler = (
  contents: WebContents | null,
  permission: string,
  origin: string,
  details: object,
) => boolean;
let sessions = new Map<string, Session>();
atStart(() => {
  sessions = new Map();
});

export class Session extends EventEmitter {
  readonly partition: string;
  readonly protocol = new Protocol();
  verifyProc: VerifyProc | null = null;
  /** Of a test: what was cleared, and how often. */
  readonly cleared: { what: string; options: unknown }[] = [];
  spellCheckerLanguages: string[] = ["en-GB"];
  spellCheckerEnabled = true;
  readonly words = new Set<string>();
  availableSpellCheckerLanguages = ["de", "en-GB", "en-US", "fr"];
  private requestHandler: RequestHandler | null = null;
  private checkHandler: CheckHandler | null = null;
  readonly webRequest = {
    listeners: new Map<string, unknown>(),
    onBeforeRequest(filter: unknown, listener?: unknown) {
      this.listeners.set("onBeforeRequest", listener ?? filter);
    },
    onBeforeSendHeaders(filter: unknown, listener?: unknown) {
      this.listeners.set("onBeforeSendHeaders", listener ?? filter);
    },
    onHeadersReceived(filter: unknown, listener?: unknown) {
      this.listeners.set("onHeadersReceived", listener ?? filter);
    },
  };

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  isPersistent = () => this.partition === "" || this.partition.startsWith("persist:");
  setPermissionRequestHandler(handler: RequestHandler | null) {
    this.requestHandler = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null) {
    this.checkHandler = handler;
  }
  setCertificateVerifyProc(proc: VerifyProc | null) {
    this.verifyProc = proc;
  }
  setSpellCheckerLanguages(languages: string[]) {
    const unknown = languages.find((each) => !this.availableSpellCheckerLanguages.includes(each));
    if (unknown)
      throw new Error(`Invalid language code provided: "${unknown}" is not a valid language code`);
    this.spellCheckerLanguages = languages;
  }
  getSpellCheckerLanguages = () => this.spellCheckerLanguages;
  setSpellCheckerEnabled(on: boolean) {
    this.spellCheckerEnabled = on;
  }
  isSpellCheckerEnabled = () => this.spellCheckerEnabled;
  addWordToSpellCheckerDictionary(word: string) {
    this.words.add(word);
    return true;
  }
  fetch = (input: string, init?: RequestInit) => fetchIn(this, input, init);
  clearStorageData = async (options?: object) => this.clear("storage", options);
  clearCache = async () => this.clear("cache");
  clearAuthCache = async () => this.clear("auth");
  clearData = async (options?: object) => this.clear("data", options);
  clearHostResolverCache = async () => this.clear("hosts");
  closeAllConnections = async () => this.clear("connections");
  flushStorageData() {}
  private clear(what: string, options?: unknown) {
    this.cleared.push({ what, options });
  }

  /** Of a test: what a page that asks for a permission gets. Without a handler Electron grants it. */
  askPermission(contents: WebContents, permission: string): Promise<boolean> {
    const details = { requestingUrl: contents.getURL(), isMainFrame: true };
    if (this.checkHandler && !this.checkHandler(contents, permission, contents.getURL(), details)) {
      return Promise.resolve(false);
    }
    const { requestHandler } = this;
    if (!requestHandler) return Promise.resolve(true);
    return new Promise((answer) => requestHandler(contents, permission, answer, details));
  }
}

let onCreated: (session: Session) => void = () => undefined;
/** By the app, which tells of each. */
export function tellOfSessions(listener: (session: Session) => void) {
  onCreated = listener;
}

export const session = {
  fromPartition(partition: string) {
    needsReady("Session can only be received when app is ready");
    const there = sessions.get(partition);
    if (there) return there;
    const created = new Session(partition);
    sessions.set(partition, created);
    onCreated(created);
    return created;
  },
  get defaultSession() {
    return session.fromPartition("");
  },
};
