import { BrowserWindow } from "electron";
import { beforeEach, describe, expect, it } from "vitest";
import { becomeReady, double, handedOver, startElectron } from "../../testing/electron/control.ts";
import { appOrigin, fileFor } from "./app-protocol.ts";
import { isOwn, lockDown, openExternal } from "./lock-down.ts";
import { readServerUrl } from "./profiles/server-url.ts";

beforeEach(() => startElectron({ ready: false }));

describe("what leaves the window", () => {
  it("opens web and mail addresses outside, and nothing else", async () => {
    await openExternal("https://example.org/a");
    expect(handedOver.urls).toEqual(["https://example.org/a"]);
    for (const address of [
      "file:///etc/passwd",
      "javascript:alert(1)",
      "smb://host/x",
      "nonsense",
    ]) {
      await expect(openExternal(address)).rejects.toThrow();
    }
    expect(handedOver.urls).toHaveLength(1);
  });

  it("stays on our own pages", () => {
    expect(isOwn("app://guildhall/p/app", appOrigin)).toBe(true);
    expect(isOwn("app://other/", appOrigin)).toBe(false);
    expect(isOwn("https://guildhall/", appOrigin)).toBe(false);
    expect(isOwn("", appOrigin)).toBe(false);
  });

  it.each([
    ["the default session", {}],
    ["a profile's", { partition: "persist:profile-one" }],
  ])("refuses permissions, new windows and foreign navigation in %s", async (_, webPreferences) => {
    lockDown(appOrigin);
    await becomeReady();
    const page = double(new BrowserWindow({ webPreferences })).webContents;
    await page.loadURL("app://guildhall/");

    expect(await page.askPermission("media")).toBe(false);
    expect(await page.askPermission("clipboard-sanitized-write")).toBe(true);
    expect(page.openFromPage("javascript:alert(1)")).toBe(false);
    expect(page.openFromPage("https://example.org/")).toBe(false);
    expect(handedOver.urls).toEqual(["https://example.org/"]);

    expect(page.navigate("https://example.org/away")).toBe(false);
    expect(page.redirect("https://example.org/away")).toBe(false);
    expect(page.navigate("app://guildhall/my-work")).toBe(true);
    expect(await page.askPermission("media")).toBe(false);
  });
});

describe("the app's own pages", () => {
  it("are files of one folder, and the one page for every place in the app", () => {
    expect(fileFor("/app/renderer", "/assets/index.js")).toBe("/app/renderer/assets/index.js");
    expect(fileFor("/app/renderer", "/p/app/board")).toBe("/app/renderer/index.html");
    expect(fileFor("/app/renderer", "/%2e%2e/secret.txt")).toBeNull();
    expect(fileFor("/app/renderer", "/%00.js")).toBeNull();
    expect(fileFor("/app/renderer", "/%")).toBeNull();
  });
});

describe("the server's address", () => {
  it.each([
    ["guildhall.example.org", "https://guildhall.example.org"],
    [" http://10.0.0.5:8001/ ", "http://10.0.0.5:8001"],
    ["localhost:8001", "http://localhost:8001"],
    ["https://example.org/guildhall/", "https://example.org/guildhall"],
  ])("reads %s", (typed, expected) => {
    expect(readServerUrl(typed)).toBe(expected);
  });

  it("refuses what is none, with a sentence", () => {
    expect(() => readServerUrl("ftp://example.org")).toThrow("web address");
    expect(() => readServerUrl("")).toThrow("web address");
    expect(() => readServerUrl("https://me:secret@example.org")).toThrow("name and password");
  });
});
