import { BrowserWindow, globalShortcut, screen, session } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  double,
  openPage,
  pressGlobal,
  startElectron,
  takenKeys,
} from "../../../testing/electron/control.ts";
import type { Bridge } from "../../shared/bridge.ts";
import { profileOf } from "../bridge/callers.ts";
import { offerQuickAdd } from "./quick-add.ts";
import { holdGlobalKey } from "./shortcut.ts";

const key = "CommandOrControl+Shift+Space";

beforeEach(() => startElectron());

describe("the key of quick add", () => {
  it("works whatever program is in front, until it is changed, switched off or the app ends", () => {
    const pressed = vi.fn();
    const held = holdGlobalKey(pressed);
    held.set(key);
    pressGlobal(key);
    expect([pressed.mock.calls.length, held.problem()]).toEqual([1, null]);
    held.set("Alt+Shift+N");
    expect(globalShortcut.isRegistered(key)).toBe(false);
    held.set(null);
    expect(globalShortcut.isRegistered("Alt+Shift+N")).toBe(false);
    held.set(key);
    held.release();
    expect(globalShortcut.isRegistered(key)).toBe(false);
  });

  it("that another program has is said, and is not taken from it when the app ends", () => {
    takenKeys.add(key);
    const held = holdGlobalKey(() => undefined);
    held.set(key);
    expect(held.problem()).toMatch(/^Another program uses these keys/);
    takenKeys.delete(key);
    held.set(key);
    expect(held.problem()).toBeNull();
  });

  it.each(["A", "Shift+N", "Space", "CommandOrControl+C", "Escape"])(
    "is none that every program needs: %s",
    (wanted) => {
      const held = holdGlobalKey(() => undefined);
      held.set(wanted);
      expect(held.problem()).toMatch(/^Other programs need these keys/);
      expect(globalShortcut.isRegistered(wanted)).toBe(false);
    },
  );
});

describe("the window of quick add", () => {
  function offer(platform: NodeJS.Platform = "linux") {
    let last = "p1";
    const pages = {
      preload: "preload.cjs",
      urlOf: (path: string) => `app://guildhall${path}`,
      sessionOf: (id: string) => session.fromPartition(`persist:profile-${id}`),
      onOpened: () => undefined,
    };
    const quickAdd = offerQuickAdd({ pages, platform, lastProfile: () => last });
    const use = (profileId: string) => {
      last = profileId;
    };
    return { quickAdd, use };
  }
  const only = () => {
    const [window, ...others] = BrowserWindow.getAllWindows().filter(({ webContents }) =>
      webContents.getURL().endsWith("/quick-add"),
    );
    expect(others).toEqual([]);
    if (!window) throw new Error("There is none.");
    return window;
  };

  it("is shown above all on the screen with the pointer, in the account that was used last", async () => {
    const { quickAdd } = offer();
    quickAdd.show();
    await vi.waitFor(() => expect(only().isFocused()).toBe(true));
    expect(double(only()).options).toMatchObject({
      frame: false,
      alwaysOnTop: true,
      skipTaskbar: true,
    });
    expect(profileOf(only().webContents)).toBe("p1");
    const { x, width } = only().getBounds();
    expect(x + width / 2).toBe(screen.getPrimaryDisplay().workArea.width / 2);
  });

  it("is made once, and hears that it is shown again", async () => {
    const { quickAdd } = offer();
    quickAdd.show();
    await vi.waitFor(() => expect(only().isVisible()).toBe(true));
    const { guildhall } = await openPage(double(only()).webContents);
    const shown = vi.fn();
    (guildhall as Bridge).on("quickAddShown", shown);
    quickAdd.hide();
    expect(only().isVisible()).toBe(false);
    quickAdd.show();
    expect(only().isVisible()).toBe(true);
    expect(shown).toHaveBeenCalledOnce();
    // The same key closes it.
    quickAdd.show();
    expect(only().isVisible()).toBe(false);
  });

  it("gives the focus back to the window of ours that had it, and to no other", async () => {
    const { quickAdd } = offer();
    const main = new BrowserWindow();
    main.focus();
    quickAdd.show();
    await vi.waitFor(() => expect(only().isFocused()).toBe(true));
    quickAdd.hide();
    expect(BrowserWindow.getFocusedWindow()).toBe(main);
    double(main).blur();
    quickAdd.show();
    quickAdd.hide();
    expect(BrowserWindow.getFocusedWindow()).toBeNull();
  });

  it("goes when its person goes on, and begins anew in another account", async () => {
    const { quickAdd, use } = offer();
    quickAdd.show();
    await vi.waitFor(() => expect(only().isFocused()).toBe(true));
    new BrowserWindow().focus();
    expect(only().isVisible()).toBe(false);
    use("p2");
    quickAdd.show();
    await vi.waitFor(() => expect(only().isVisible()).toBe(true));
    expect(profileOf(only().webContents)).toBe("p2");
  });
});
