import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, BrowserWindow, session } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { dialogs, double, openPage, startElectron } from "../../../testing/electron/control.ts";
import type { Bridge } from "../../shared/bridge.ts";
import { openSettings } from "../settings.ts";
import { manageWindows, type Windows } from "./windows.ts";

let path: string;
let staysOpen: boolean;
let told: string[];
let windows: Windows;

function manage() {
  return manageWindows({
    settings: openSettings(path),
    pages: {
      preload: "preload.cjs",
      urlOf: (place) => `app://guildhall${place}`,
      sessionOf: (id) => session.fromPartition(`persist:profile-${id}`),
      onOpened: () => undefined,
    },
    lastProfile: () => "p1",
    onUsed: (profileId) => told.push(`used ${profileId}`),
    staysOpen: () => staysOpen,
    onHidden: () => told.push("hidden"),
    onNone: () => told.push("none"),
  });
}

beforeEach(async () => {
  await startElectron();
  path = join(mkdtempSync(join(tmpdir(), "guildhall-")), "settings.json");
  staysOpen = false;
  told = [];
  windows = manage();
});

/** As after the app has ended and was started again. */
async function startAgain() {
  await startElectron();
  windows = manage();
  windows.restore(() => true);
}
const shown = () =>
  windows.all().map((window) => {
    const { pathname, search } = new URL(window.webContents.getURL());
    return `${windows.profileIn(window)} ${pathname}${search}`;
  });
const visible = async (window: BrowserWindow) => {
  await vi.waitFor(() => expect(window.isVisible()).toBe(true));
  return window;
};

describe("the windows", () => {
  it("are there again after a restart: of each account, what they showed and where", async () => {
    const one = await visible(windows.openAt("p1", "/w/w1/task/WHEEL-1"));
    const two = await visible(windows.openAt("p2", "/w/w9/p/MILL/board?sort=due"));
    one.setBounds({ x: 40, y: 60, width: 900, height: 700 });
    two.maximize();
    app.emit("before-quit", { preventDefault: () => undefined });
    await startAgain();
    const [first, second] = ["p1", "p2"].map((profileId) => windows.lastOf(profileId));
    expect(shown().toSorted()).toEqual([
      ...["p1 /w/w1/task/WHEEL-1", "p2 /w/w9/p/MILL/board?sort=due"],
    ]);
    expect(first?.getBounds()).toEqual({ x: 40, y: 60, width: 900, height: 700 });
    await vi.waitFor(() => expect(second?.isMaximized()).toBe(true));
  });

  it("that were closed don't come back, but the last one; nor those of an account that is gone", async () => {
    const one = await visible(windows.openAt("p1", "/w/w1/inbox"));
    const two = await visible(windows.openAt("p2", "/w/w2/inbox"));
    one.close();
    two.close();
    await vi.waitFor(() => expect(told).toContain("none"));
    await startAgain();
    expect(shown()).toEqual(["p2 /w/w2/inbox"]);
    await startElectron();
    windows = manage();
    windows.restore((profileId) => profileId !== "p2");
    expect(shown()).toEqual(["p1 /"]);
  });

  it("with a secret in their address come back at home", async () => {
    const window = await visible(windows.openAt("p1", "/"));
    double(window).webContents.navigate("app://guildhall/reset-password?token=secret");
    app.emit("before-quit", { preventDefault: () => undefined });
    await startAgain();
    expect(shown()).toEqual(["p1 /"]);
  });

  it("the last one is hidden where the app goes on, and comes back as it was", async () => {
    staysOpen = true;
    const [one, two] = [windows.openAt("p1", "/w/w1/inbox"), windows.openAt("p1", "/w/w1")];
    await Promise.all([visible(one), visible(two)]);
    two.close();
    one.close();
    expect([two.isDestroyed(), one.isDestroyed(), one.isVisible()]).toEqual([true, false, false]);
    expect(told.filter((what) => !what.startsWith("used"))).toEqual(["hidden"]);
    expect(windows.show()).toBe(one);
    expect(one.isVisible()).toBe(true);
    windows.quitting(true);
    one.close();
    expect(one.isDestroyed()).toBe(true);
  });

  it("none is shown when the system has started the app, and their pages work", async () => {
    windows.openAt("p1", "/w/w1/inbox");
    app.emit("before-quit", { preventDefault: () => undefined });
    await startElectron();
    windows = manage();
    windows.restore(() => true, { isHidden: true });
    expect(shown()).toEqual(["p1 /w/w1/inbox"]);
    expect(windows.all().map((window) => window.isVisible())).toEqual([false]);
    windows.show();
    expect(windows.all().map((window) => window.isVisible())).toEqual([true]);
  });

  it("a place is shown in the account's last window, or in a new one", async () => {
    const window = await visible(windows.openAt("p1", "/w/w1/inbox"));
    await visible(windows.openAt("p2", "/w/w9"));
    const { guildhall } = await openPage(double(window).webContents);
    const heard = vi.fn();
    (guildhall as Bridge).on("openPlace", heard);
    expect(windows.go("p1", "/w/w1/task/WHEEL-1")).toBe(window);
    expect(heard).toHaveBeenCalledWith("/w/w1/task/WHEEL-1");
    expect(BrowserWindow.getFocusedWindow()).toBe(window);
    // A page that is being loaded hears nothing yet.
    double(window).webContents.loading = true;
    windows.go("p1", "/w/w1/d/d1");
    expect(window.webContents.getURL()).toBe("app://guildhall/w/w1/d/d1");
    expect(shown()).toHaveLength(2);
    windows.go("p3", "/w/w5");
    expect(shown()).toContain("p3 /w/w5");
  });

  it("another account comes in the place of the window that it was switched from", async () => {
    const old = await visible(windows.openAt("p1", "/w/w1/inbox"));
    old.setBounds({ x: 40, y: 60, width: 900, height: 700 });
    windows.switchTo("p2", old.webContents);
    await vi.waitFor(() => expect(shown()).toEqual(["p2 /"]));
    const [window] = windows.all();
    expect(window?.getBounds()).toEqual({ x: 40, y: 60, width: 900, height: 700 });
    expect(double(window as BrowserWindow).webContents.session).toBe(
      session.fromPartition("persist:profile-p2"),
    );
    await vi.waitFor(() => expect(told).toContain("used p2"));
    windows.destroyAll("p2");
    await vi.waitFor(() => expect(told).toContain("none"));
  });
});

describe("a page that is gone", () => {
  const gone = (window: BrowserWindow, reason: string) =>
    double(window).webContents.emit("render-process-gone", {}, { reason, exitCode: 1 });
  const asked = (window: BrowserWindow) => double(window).webContents.asked.map(({ what }) => what);

  it("is said in words, with Reload", async () => {
    const window = await visible(windows.openAt("p1", "/w/w1"));
    gone(window, "clean-exit");
    expect(dialogs.asked).toEqual([]);
    gone(window, "oom");
    expect(dialogs.asked[0]).toMatchObject({
      message: "This window stopped working.",
      buttons: ["Reload", "Close"],
    });
    expect(dialogs.asked[0]?.detail).toMatch(/^It ran out of memory\. .*kept on this computer/);
    await vi.waitFor(() => expect(asked(window)).toEqual(["reload"]));
    dialogs.answer.response = 1;
    gone(window, "crashed");
    await vi.waitFor(() => expect(window.isDestroyed()).toBe(true));
  });

  it("that doesn't respond can be waited for, or reloaded without being asked twice", async () => {
    const window = await visible(windows.openAt("p1", "/w/w1"));
    double(window).webContents.emit("unresponsive");
    double(window).webContents.emit("unresponsive");
    expect(dialogs.asked.map(({ message }) => message)).toEqual(["Guildhall isn't responding."]);
    await vi.waitFor(() => expect(asked(window)).toEqual([]));
    dialogs.answer.response = 1;
    await vi.waitFor(() => {
      double(window).webContents.emit("unresponsive");
      expect(asked(window)).toContain("reload");
    });
    expect(dialogs.asked.map(({ message }) => message)).not.toContain(
      "This window stopped working.",
    );
  });

  it("that holds something unsaved says so, and stays unless it is left all the same", async () => {
    const window = await visible(windows.openAt("p1", "/w/w1"));
    const leave = () => {
      let isLeft = false;
      const event = { preventDefault: () => (isLeft = true) };
      double(window).webContents.emit("will-prevent-unload", event);
      return isLeft;
    };
    expect(leave()).toBe(false);
    expect(dialogs.asked[0]).toMatchObject({ buttons: ["Stay", "Close anyway"], defaultId: 0 });
    dialogs.answer.response = 1;
    expect(leave()).toBe(true);
  });
});
