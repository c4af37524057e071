import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export type WindowBounds = {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximized: boolean;
};

export type Settings = {
  serverUrl: string | null;
  /** Base64 of what safeStorage encrypted; never a token in the clear. */
  encryptedToken: string | null;
  /** The server that issued the token: another server must never be sent it. */
  tokenServerUrl: string | null;
  window: WindowBounds | null;
};

const empty: Settings = {
  serverUrl: null,
  encryptedToken: null,
  tokenServerUrl: null,
  window: null,
};

/** One small JSON file in the user data folder, replaced by a rename so that it is never half written. */
export function openSettings(path: string) {
  let current = read(path);
  return {
    get: () => current,
    update(patch: Partial<Settings>) {
      current = { ...current, ...patch };
      mkdirSync(dirname(path), { recursive: true });
      const draft = `${path}.new`;
      writeFileSync(draft, `${JSON.stringify(current, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, path);
    },
  };
}

export type SettingsFile = ReturnType<typeof openSettings>;

function read(path: string): Settings {
  try {
    const stored: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof stored === "object" && stored !== null ? { ...empty, ...stored } : empty;
  } catch {
    // Absent on the first run; unreadable is treated alike, since the app can ask for all of it again.
    return empty;
  }
}
