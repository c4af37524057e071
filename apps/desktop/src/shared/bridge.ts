/**
 * The contract between the window's pages and the main process. The preload script exposes exactly
 * this object as `window.guildhall`; main/ipc.ts answers the same channels. Nothing else crosses.
 */

export type Os = "mac" | "windows" | "linux" | "other";

/**
 * Where a session token ended up. "keychain": encrypted with a key the operating system guards, so
 * it is there at the next start. "memory": this machine has no such guard (often Linux without a
 * keyring), so the token is forgotten on quitting rather than stored as if it were safe.
 */
export type TokenKept = "keychain" | "memory";

/** What the application menu can ask the page to do. */
export type MenuCommand = "new-task" | "search" | "palette" | "shortcuts" | "settings" | "sign-out";

export type Bridge = {
  readonly os: Os;
  readonly version: string;
  /** The server's address without a trailing slash; null until the person has named one. */
  getServerUrl(): Promise<string | null>;
  /** Refuses what is not an http(s) address. Answers the address as it was stored. */
  setServerUrl(url: string): Promise<string>;
  getToken(): Promise<string | null>;
  setToken(token: string): Promise<TokenKept>;
  clearToken(): Promise<void>;
  /** Opens http, https and mailto addresses in the person's own programs; refuses all others. */
  openExternal(url: string): Promise<void>;
  /** Returns the function that ends the listening. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
};

export const channels = {
  getServerUrl: "server-url:get",
  setServerUrl: "server-url:set",
  getToken: "token:get",
  setToken: "token:set",
  clearToken: "token:clear",
  openExternal: "open-external",
  menuCommand: "menu-command",
} as const;
