/**
 * The account to which the workspace on this computer belongs. The app makes it, with a password that nobody has to
 * know, and signs in by itself.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { safeStorage } from "electron";
import { ExpectedError } from "../bridge/expected-error.ts";
import { type Fetch, openApi } from "./server-api.ts";

type Owner = { email: string; password: string };
/** `encrypted`: by safeStorage, in base64. */
type Stored = { email: string } & ({ encrypted: string } | { password: string });

export const OWNER_EMAIL = "me@this-computer.invalid";

/** Answers a token of a new session. */
export async function signInOwner(options: {
  url: string;
  folder: string;
  /** What the account is called. */
  name: string;
  fetch: Fetch;
}): Promise<string> {
  const { url, folder, name, fetch } = options;
  const api = openApi({ url, token: null, fetch });
  const owner = readOwner(folder);
  const signIn = async () => (await api.auth.login.mutate(owner)).token;
  const token = await signIn().catch(async () => {
    // The first start, or one that was killed before it had an account.
    await api.auth.register.mutate({ ...owner, name });
    return signIn();
  });
  if (token) return token;
  throw new ExpectedError("The workspace on this computer belongs to another account.");
}

function readOwner(folder: string): Owner {
  const file = join(folder, "owner.json");
  if (!existsSync(file)) {
    const owner = { email: OWNER_EMAIL, password: randomBytes(24).toString("base64url") };
    writeFileSync(file, JSON.stringify(storable(owner)), { mode: 0o600 });
    return owner;
  }
  const stored = JSON.parse(readFileSync(file, "utf8")) as Stored;
  if ("password" in stored) return stored;
  const password = safeStorage.decryptString(Buffer.from(stored.encrypted, "base64"));
  return { email: stored.email, password };
}

/**
 * Without a keyring it is stored as it is: it lies beside the data that it opens, which whoever reads this file can
 * read as well.
 */
function storable({ email, password }: Owner): Stored {
  if (!safeStorage.isEncryptionAvailable()) return { email, password };
  return { email, encrypted: safeStorage.encryptString(password).toString("base64") };
}
