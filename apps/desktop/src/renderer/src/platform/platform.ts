import type { Bridge, MenuCommand, Os, TokenKept, Wake } from "../../../shared/bridge.ts";
import type { LocalOffer } from "../../../shared/local.ts";
import type { UpdateState } from "../../../shared/updates.ts";
import { electronPlatform } from "./electron.ts";
import { webPlatform } from "./web.ts";

/** Where a bearer token is kept. A browser has none: its session is a cookie no script can read. */
type TokenStore = {
  get(): Promise<string | null>;
  set(token: string): Promise<TokenKept>;
  clear(): Promise<void>;
};

/** Of the app: how it stands, and how that changes; shared/updates.ts. */
type Updates = {
  get: Bridge["getUpdate"];
  check: Bridge["checkForUpdate"];
  install: Bridge["installUpdate"];
  onChange(listener: (state: UpdateState) => void): () => void;
};

/** Servers and accounts side by side, each a window's own; a browser has the one that its page is from. */
export type Servers = Pick<
  Bridge,
  | "addProfile"
  | "cancelSignInByBrowser"
  | "checkServer"
  | "distrustCertificate"
  | "listProfiles"
  | "removeProfile"
  | "renameProfile"
  | "setStoresTokensInPlain"
  | "signInByBrowser"
  | "storesTokensInPlain"
  | "switchProfile"
  | "trustCertificate"
> & { onChanged(listener: () => void): () => void };

/** What only the desktop app has: its window is one of a program, and not of a browser. */
export type Desktop = Pick<
  Bridge,
  | ("tellNews" | "setUnread" | "setTheme" | "getDesktop" | "setDesktop")
  | ("closeQuickAdd" | "prepareDrag" | "startDrag" | "answerWaiting" | "on")
>;

/** What the pages need from what they run in. Two implementations: the Electron bridge, a web page. */
export type Platform = {
  readonly kind: "electron" | "web";
  readonly os: Os;
  readonly version: string;
  /** Null: the person has not named a server yet, so ask before anything else. */
  getServerUrl(): Promise<string | null>;
  /** Null where the server is the one the page came from. Rejects with a sentence to show. */
  readonly setServerUrl: ((typed: string) => Promise<string>) | null;
  readonly tokens: TokenStore | null;
  readonly servers: Servers | null;
  /** A workspace on this computer, without any server; null in a browser. */
  readonly local: {
    getOffer(): Promise<LocalOffer>;
    use(): Promise<void>;
    /** Of the one on this computer: all of it to that profile's server. */
    move: Bridge["moveToServer"];
  } | null;
  openExternal(url: string): Promise<void>;
  /** Null in a browser, which has always the newest page. */
  readonly updates: Updates | null;
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /** The computer sleeps or is locked, or is back. A browser doesn't tell. */
  onWake(listener: (what: Wake) => void): () => void;
  readonly desktop: Desktop | null;
};

/** Without a window, as where a table of the page is read by a test of what it reckons. */
const bridge = typeof window === "undefined" ? undefined : window.guildhall;

export const platform: Platform = bridge ? electronPlatform(bridge) : webPlatform();
