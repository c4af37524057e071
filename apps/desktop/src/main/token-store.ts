import { safeStorage } from "electron";
import type { TokenKept } from "../shared/bridge.ts";
import type { SettingsFile } from "./settings.ts";

/**
 * Keeps the session token between starts, if and only if the operating system can guard it. On
 * Linux without a keyring safeStorage still says "available", with the backend `basic_text`: a key
 * that everyone knows. That is not encryption, so there the token lives until the app quits.
 */
export function openTokenStore(settings: SettingsFile, currentServerUrl: () => string | null) {
  let inMemory: { token: string; serverUrl: string | null } | null = null;

  return {
    get(): string | null {
      const { encryptedToken, tokenServerUrl } = settings.get();
      const serverUrl = currentServerUrl();
      if (inMemory) return inMemory.serverUrl === serverUrl ? inMemory.token : null;
      if (!encryptedToken || tokenServerUrl !== serverUrl || !isGuarded()) return null;
      try {
        return safeStorage.decryptString(Buffer.from(encryptedToken, "base64"));
      } catch {
        // The key changed (new keyring, copied profile): the person signs in again.
        settings.update({ encryptedToken: null, tokenServerUrl: null });
        return null;
      }
    },

    set(token: string): TokenKept {
      const serverUrl = currentServerUrl();
      inMemory = { token, serverUrl };
      if (!isGuarded()) {
        settings.update({ encryptedToken: null, tokenServerUrl: null });
        return "memory";
      }
      const encryptedToken = safeStorage.encryptString(token).toString("base64");
      settings.update({ encryptedToken, tokenServerUrl: serverUrl });
      return "keychain";
    },

    clear() {
      inMemory = null;
      settings.update({ encryptedToken: null, tokenServerUrl: null });
    },
  };
}

export type TokenStore = ReturnType<typeof openTokenStore>;

function isGuarded(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== "linux") return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== "basic_text" && backend !== "unknown";
}
