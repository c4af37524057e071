import { app, BrowserWindow } from "electron";
import { beforeEach, describe, expect, it } from "vitest";
import { allTrays, double, startElectron } from "../../../testing/electron/control.ts";
import { showBadge } from "./badge.ts";
import { offerTray } from "./tray.ts";
import { countUnread } from "./unread.ts";

beforeEach(() => startElectron());

describe("the number of what is unread", () => {
  it("is of all workspaces and accounts, and of nobody who has signed out", () => {
    const unread = countUnread();
    showBadge(unread, "linux");
    unread.set("p1", "w1", 2);
    unread.set("p1", "w2", 3);
    unread.set("p2", "w1", 4);
    expect(app.badgeCount).toBe(9);
    unread.set("p1", "w2", 0);
    unread.clear("p2");
    expect(app.badgeCount).toBe(2);
  });

  it("is on the button of each window on Windows", () => {
    const unread = countUnread();
    const early = double(new BrowserWindow());
    showBadge(unread, "win32");
    unread.set("p1", "w1", 12);
    const late = double(new BrowserWindow());
    for (const window of [early, late]) {
      expect(window.settings.get("overlayIcon")).toMatchObject({ description: "12 unread" });
      expect(window.settings.get("overlayIcon")).not.toMatchObject({ image: null });
    }
    unread.set("p1", "w1", 0);
    expect(early.settings.get("overlayIcon")).toEqual({ image: null, description: "" });
  });
});

describe("the tray", () => {
  function offer(platform: NodeJS.Platform) {
    const done: string[] = [];
    const unread = countUnread();
    const note = (what: string) => () => void done.push(what);
    const commands = { open: note("open"), quickAdd: note("quickAdd") };
    const more = { inbox: note("inbox"), quit: note("quit") };
    return { done, unread, tray: offerTray({ unread, ...commands, ...more, platform }) };
  }

  it("is there when it is wanted, says how much is unread, and does what its menu says", () => {
    const { done, unread, tray } = offer("win32");
    unread.set("p1", "w1", 3);
    expect(allTrays()).toEqual([]);
    tray.show(true);
    tray.show(true);
    const [shown, ...others] = allTrays();
    expect(others).toEqual([]);
    expect(shown?.toolTip).toBe("Guildhall: 3 unread");
    shown?.emit("click");
    for (const label of ["Open Guildhall", "New task…", "Inbox (3)", "Quit Guildhall"]) {
      shown?.menu?.find(label)?.click();
    }
    expect(done).toEqual(["open", "open", "quickAdd", "inbox", "quit"]);
    unread.set("p1", "w1", 0);
    expect(shown?.toolTip).toBe("Guildhall");
    expect(shown?.menu?.find("Inbox")).not.toBeNull();
    tray.show(false);
    expect(allTrays()).toEqual([]);
  });

  it("has its number beside it in the menu bar of macOS, where a click opens the menu", () => {
    const { done, unread, tray } = offer("darwin");
    tray.show(true);
    unread.set("p1", "w1", 3);
    const [shown] = allTrays();
    expect(shown?.title).toBe("3");
    expect(shown?.image).toMatchObject({ isTemplate: true });
    shown?.emit("click");
    expect(done).toEqual([]);
  });
});
