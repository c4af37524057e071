import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, BrowserWindow, powerMonitor, session } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { dialogs, double, startElectron } from "../../../testing/electron/control.ts";
import { openSettings } from "../settings.ts";
import { loginItem } from "./login-item.ts";
import { fileNameOf, print, savePdf } from "./paper.ts";
import { listenToPower } from "./power.ts";
import { checkSpelling, spellLanguagesOf } from "./spelling.ts";
import { keepZoom } from "./zoom.ts";

beforeEach(() => startElectron());
const newFolder = () => mkdtempSync(join(tmpdir(), "guildhall-"));

describe("opening at login", () => {
  it("is the system's to know, and begins without a window", () => {
    const item = loginItem("win32");
    expect(item.get()).toBe(false);
    item.set(true);
    expect(item.get()).toBe(true);
    expect(app.getLoginItemSettings()).toMatchObject({ args: ["--hidden"] });
    expect(item.wasStartedBySystem(["guildhall.exe", "--hidden"])).toBe(true);
    expect(item.wasStartedBySystem(["guildhall.exe"])).toBe(false);
  });

  it("is an entry of the session on Linux, of the AppImage's own file", () => {
    const folder = newFolder();
    const env = { XDG_CONFIG_HOME: folder, APPIMAGE: '/home/ann/My "apps"/100%.AppImage' };
    const item = loginItem("linux", env);
    item.set(true);
    expect(item.get()).toBe(true);
    const path = join(folder, "autostart", "guildhall.desktop");
    expect(readFileSync(path, "utf8")).toContain(
      String.raw`Exec="/home/ann/My \\"apps\\"/100%%.AppImage" --hidden`,
    );
    item.set(false);
    item.set(false);
    expect([item.get(), existsSync(path)]).toEqual([false, false]);
  });
});

describe("zoom", () => {
  it("is of an account, in all its windows, and there after a restart", async () => {
    const path = join(newFolder(), "settings.json");
    const windows = new Map<string, BrowserWindow[]>();
    const zoom = () =>
      keepZoom({ settings: openSettings(path), windowsOf: (id) => windows.get(id) ?? [] });
    const first = zoom();
    const open = async (profileId: string, of = first) => {
      const window = new BrowserWindow();
      windows.set(profileId, [...(windows.get(profileId) ?? []), window]);
      of.follow(window, profileId);
      await window.loadURL("app://guildhall/");
      return double(window).webContents;
    };
    const [one, two, other] = [await open("p1"), await open("p1"), await open("p2")];
    first.step("p1", 1);
    first.step("p1", 1);
    expect([one.zoomFactor, two.zoomFactor, other.zoomFactor]).toEqual([1.25, 1.25, 1]);
    one.emit("zoom-changed", {}, "out");
    expect(first.get("p1")).toBe(110);
    const later = await open("p1", zoom());
    expect(later.zoomFactor).toBe(1.1);
    first.step("p1", 0);
    for (let n = 0; n < 30; n++) first.step("p1", -1);
    expect(first.get("p1")).toBe(30);
  });
});

describe("spelling", () => {
  it.each([
    [
      ["de-AT", "en-GB"],
      ["de", "en-GB"],
    ],
    [["en-AU"], ["en-GB"]],
    [["en-US", "en-US", "tlh"], ["en-US"]],
    [["tlh"], []],
  ])("is checked in the system's languages %j: %j", (preferred, found) => {
    expect(spellLanguagesOf(preferred, ["de", "en-GB", "en-US", "fr"])).toEqual(found);
  });

  it("is as the system has it, as it was chosen, or off", () => {
    const own = session.defaultSession;
    checkSpelling(own, null);
    expect([own.getSpellCheckerLanguages(), own.isSpellCheckerEnabled()]).toEqual([
      ["en-GB"],
      true,
    ]);
    checkSpelling(own, ["fr", "de"]);
    expect(own.getSpellCheckerLanguages()).toEqual(["fr", "de"]);
    checkSpelling(own, []);
    expect(own.isSpellCheckerEnabled()).toBe(false);
  });
});

describe("paper", () => {
  it("is printed, or a PDF of the page's name", async () => {
    const window = new BrowserWindow();
    double(window).webContents.title = "(3) Ideas: what / why? · Guildhall";
    print(window);
    dialogs.savePath = join(newFolder(), "ideas.pdf");
    await savePdf(window);
    expect(readFileSync(dialogs.savePath, "latin1")).toMatch(/^%PDF-/);
    expect(double(window).webContents.asked.map(({ what }) => what)).toEqual([
      "print",
      "printToPDF",
    ]);
    dialogs.savePath = "";
    await savePdf(window);
    expect(dialogs.asked).toEqual([]);
  });

  it("that can't be written is said", async () => {
    dialogs.savePath = join(newFolder(), "not", "there.pdf");
    await savePdf(new BrowserWindow());
    expect(dialogs.asked[0]?.message).toBe("Couldn't save there.pdf");
  });

  it.each([
    ["(12) Ideas: what / why? · Guildhall", "Ideas what why"],
    ["Guildhall", "Guildhall"],
    [" … · Guildhall", "…"],
    ["...", "Guildhall"],
  ])("is called as the page: %s", (title, name) => {
    expect(fileNameOf(title)).toBe(name);
  });
});

it("a page is told that the computer sleeps, is locked, and is back", () => {
  const told = vi.fn();
  listenToPower(told);
  for (const what of ["suspend", "resume", "lock-screen", "unlock-screen", "on-battery"]) {
    powerMonitor.emit(what);
  }
  expect(told.mock.calls.flat()).toEqual(["suspend", "resume", "lock-screen", "unlock-screen"]);
});
