import { safeStorage } from "electron";
import type { TokenKept } from "../../shared/bridge.ts";
import type { SettingsFile } from "../settings.ts";
import type { Profiles } from "./profiles.ts";

type Options = {
  settings: SettingsFile;
  profiles: Profiles;
  /** Where the profile's server is now; null where it has none yet. */
  serverUrlOf: (profileId: string) => string | null;
  /** Asks the person whether a token may be stored without encryption. */
  askForPlain: () => Promise<boolean>;
};

/**
 * Keeps each profile's session token between starts, if the operating system can guard it. On Linux without a
 * keyring Electron has only `basic_text`, a key that everyone knows. That is no encryption, so there the token
 * lives until the app quits, unless the person has said that it may be stored all the same.
 */
export function openTokenStore({ settings, profiles, serverUrlOf, askForPlain }: Options) {
  const inMemory = new Map<string, { token: string; serverUrl: string | null }>();
  const forget = (id: string) => {
    if (profiles.find(id)) profiles.update(id, { encryptedToken: null, tokenServerUrl: null });
  };

  function guard(): "keychain" | "plain" | null {
    if (isGuarded()) return "keychain";
    if (!isPlainPossible() || !settings.get().storesTokensInPlain) return null;
    safeStorage.setUsePlainTextEncryption(true);
    return safeStorage.isEncryptionAvailable() ? "plain" : null;
  }

  return {
    get(id: string): string | null {
      const { encryptedToken, tokenServerUrl } = profiles.get(id);
      const serverUrl = serverUrlOf(id);
      const here = inMemory.get(id);
      if (here) return here.serverUrl === serverUrl ? here.token : null;
      if (!encryptedToken || tokenServerUrl !== serverUrl || !guard()) return null;
      try {
        return safeStorage.decryptString(Buffer.from(encryptedToken, "base64"));
      } catch {
        // The key changed (new keyring, copied profile): the person signs in again.
        forget(id);
        return null;
      }
    },

    async set(id: string, token: string): Promise<TokenKept> {
      const tokenServerUrl = serverUrlOf(id);
      inMemory.set(id, { token, serverUrl: tokenServerUrl });
      if (!isGuarded() && isPlainPossible() && settings.get().storesTokensInPlain === null) {
        settings.update({ storesTokensInPlain: await askForPlain() });
      }
      const how = guard();
      if (!how) {
        forget(id);
        return "memory";
      }
      const encryptedToken = safeStorage.encryptString(token).toString("base64");
      profiles.update(id, { encryptedToken, tokenServerUrl });
      return how;
    },

    clear(id: string) {
      inMemory.delete(id);
      forget(id);
    },

    /** Null: the question does not come up on this computer. */
    storesInPlain: () => (isPlainPossible() ? (settings.get().storesTokensInPlain ?? false) : null),
    /** Whoever no longer wants it has nothing left on the disk; who is signed in stays it until the app ends. */
    setStoresInPlain(may: boolean) {
      const stored = profiles.list().filter(({ encryptedToken }) => encryptedToken);
      const tokens = stored.map(({ id }) => ({ id, token: this.get(id) }));
      settings.update({ storesTokensInPlain: may });
      if (may || !isPlainPossible()) return;
      for (const { id, token } of tokens) {
        if (token) inMemory.set(id, { token, serverUrl: serverUrlOf(id) });
        forget(id);
      }
    },
  };
}

export type TokenStore = ReturnType<typeof openTokenStore>;

const isPlainPossible = () =>
  process.platform === "linux" && safeStorage.getSelectedStorageBackend() === "basic_text";

function isGuarded(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== "linux") return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== "basic_text" && backend !== "unknown";
}
