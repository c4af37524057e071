import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { keyring, startElectron } from "../../testing/electron/control.ts";
import { openSettings } from "./settings.ts";
import { openTokenStore } from "./token-store.ts";

function setUp(path = join(mkdtempSync(join(tmpdir(), "guildhall-")), "settings.json")) {
  const server = { url: "https://a.example" as string | null };
  const open = () => openTokenStore(openSettings(path), () => server.url);
  return { path, server, open, tokens: open() };
}

beforeEach(async () => {
  await startElectron();
  vi.stubGlobal("process", { ...process, platform: "linux" });
});

describe("the token store", () => {
  it("keeps an encrypted token between starts, and never the token itself", () => {
    const { path, open, tokens } = setUp();
    expect(tokens.set("secret-token")).toBe("keychain");
    expect(readFileSync(path, "utf8")).not.toContain("secret-token");
    expect(open().get()).toBe("secret-token");
  });

  it.each([
    { isAvailable: false, backend: "unknown" },
    { isAvailable: true, backend: "basic_text" },
  ])("keeps it until quitting where nothing guards it ($backend)", (state) => {
    Object.assign(keyring, state);
    const { open, tokens } = setUp();
    expect(tokens.set("secret-token")).toBe("memory");
    expect(tokens.get()).toBe("secret-token");
    expect(open().get()).toBeNull();
  });

  it("gives a token to no other server than its own", () => {
    const { server, open, tokens } = setUp();
    tokens.set("secret-token");
    server.url = "https://b.example";
    expect(tokens.get()).toBeNull();
    expect(open().get()).toBeNull();
  });

  it("forgets on signing out", () => {
    const { open, tokens } = setUp();
    tokens.set("secret-token");
    tokens.clear();
    expect(tokens.get()).toBeNull();
    expect(open().get()).toBeNull();
  });
});
