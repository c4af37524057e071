import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  changeKeyring,
  dialogs,
  keyring,
  startElectron,
} from "../../../testing/electron/control.ts";
import { openSettings } from "../settings.ts";
import { askForPlain } from "./ask-for-plain.ts";
import { openProfiles } from "./profiles.ts";
import { openTokenStore } from "./token-store.ts";

const newPath = () => join(mkdtempSync(join(tmpdir(), "guildhall-")), "settings.json");

function open(path: string) {
  const settings = openSettings(path);
  const profiles = openProfiles(settings);
  const serverUrlOf = (id: string) => profiles.get(id).serverUrl;
  const { id } = profiles.current();
  const tokens = openTokenStore({ settings, profiles, serverUrlOf, askForPlain });
  return { id, tokens, profiles, settings };
}

function setUp() {
  const path = newPath();
  const opened = open(path);
  opened.profiles.update(opened.id, { serverUrl: "https://a.example" });
  return { ...opened, path, again: () => open(path) };
}

beforeEach(async () => {
  vi.stubGlobal("process", { ...process, platform: "linux" });
  await startElectron();
});

describe("the token store", () => {
  it("keeps an encrypted token between starts, and never the token itself", async () => {
    const { path, id, tokens, again } = setUp();
    expect(await tokens.set(id, "secret-token")).toBe("keychain");
    expect(readFileSync(path, "utf8")).not.toContain("secret-token");
    expect(again().tokens.get(id)).toBe("secret-token");
    expect(dialogs.asked).toEqual([]);
  });

  it("keeps it until quitting where nothing guards it", async () => {
    Object.assign(keyring, { isAvailable: false, backend: "unknown" });
    const { id, tokens, again } = setUp();
    expect(await tokens.set(id, "secret-token")).toBe("memory");
    expect(tokens.get(id)).toBe("secret-token");
    expect(again().tokens.get(id)).toBeNull();
    expect(dialogs.asked).toEqual([]);
    expect(tokens.storesInPlain()).toBeNull();
  });

  it("stores it unencrypted only where its person wants that, who is asked once", async () => {
    keyring.backend = "basic_text";
    const { id, tokens, again } = setUp();
    expect(await tokens.set(id, "secret-token")).toBe("memory");
    expect(await tokens.set(id, "another-token")).toBe("memory");
    expect(dialogs.asked).toHaveLength(1);
    expect(dialogs.asked[0]?.message).toContain("without encryption");
    expect(again().tokens.get(id)).toBeNull();
    expect(again().tokens.storesInPlain()).toBe(false);
  });

  it("stores it where they do, and takes all of it back when they no longer do", async () => {
    keyring.backend = "basic_text";
    dialogs.answer.response = 1;
    const { path, id, tokens, again } = setUp();
    expect(await tokens.set(id, "secret-token")).toBe("plain");
    expect(again().tokens.get(id)).toBe("secret-token");
    expect(again().tokens.storesInPlain()).toBe(true);

    const later = again();
    later.tokens.setStoresInPlain(false);
    // Who is signed in stays it until the app ends.
    expect(later.tokens.get(id)).toBe("secret-token");
    expect(JSON.parse(readFileSync(path, "utf8")).profiles[0].encryptedToken).toBeNull();
    expect(again().tokens.get(id)).toBeNull();
  });

  it("gives a token to no other server than its own, and to no other profile", async () => {
    const { id, tokens, profiles, again } = setUp();
    const other = profiles.add({ serverUrl: "https://a.example" });
    await tokens.set(id, "secret-token");
    expect(tokens.get(other.id)).toBeNull();
    profiles.update(id, { serverUrl: "https://b.example" });
    expect(tokens.get(id)).toBeNull();
    expect(again().tokens.get(id)).toBeNull();
  });

  it("has none that another keyring encrypted", async () => {
    const { id, tokens, again } = setUp();
    await tokens.set(id, "secret-token");
    changeKeyring();
    expect(again().tokens.get(id)).toBeNull();
  });

  it("forgets on signing out", async () => {
    const { id, tokens, again } = setUp();
    await tokens.set(id, "secret-token");
    tokens.clear(id);
    expect(tokens.get(id)).toBeNull();
    expect(again().tokens.get(id)).toBeNull();
  });
});
