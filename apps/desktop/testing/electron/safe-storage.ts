import { atStart, isReady } from "./state.ts";

/**
 * Of a test: what guards the keys. Electron chooses on Linux; `basic_text` is a password that everyone knows,
 * and counts as encryption only once the app says so.
 */
export const keyring = { isAvailable: true, backend: "gnome_libsecret" as string };
let plainAllowed = false;
/** Another keyring opens nothing of this one. */
let key = "key";

atStart(() => {
  Object.assign(keyring, { isAvailable: true, backend: "gnome_libsecret" });
  plainAllowed = false;
  key = "key";
});

/** Of a test: the person has another keyring now, as after a reinstallation. */
export function changeKeyring() {
  key = `${key}'`;
}

const isAvailable = () => {
  if (!isReady()) return false;
  if (process.platform !== "linux") return keyring.isAvailable;
  if (keyring.backend === "basic_text") return plainAllowed;
  return keyring.isAvailable && keyring.backend !== "unknown";
};

export const safeStorage = {
  isEncryptionAvailable: isAvailable,
  getSelectedStorageBackend: () => (isReady() ? keyring.backend : "unknown"),
  setUsePlainTextEncryption(allowed: boolean) {
    plainAllowed = allowed;
  },
  encryptString(text: string) {
    if (!isAvailable()) {
      throw new Error("Error while encrypting the text provided to safeStorage.encryptString.");
    }
    return Buffer.from(`v10${key}:${[...text].toReversed().join("")}`);
  },
  decryptString(bytes: Buffer) {
    const [head, ...rest] = bytes.toString().split(":");
    if (!isAvailable() || head !== `v10${key}`) {
      throw new Error(
        "Error while decrypting the ciphertext provided to safeStorage.decryptString.",
      );
    }
    return [...rest.join(":")].toReversed().join("");
  },
};
