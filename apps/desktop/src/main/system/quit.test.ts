import { app, BrowserWindow, powerMonitor } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { dialogs, double, openPage, startElectron } from "../../../testing/electron/control.ts";
import type { Bridge } from "../../shared/bridge.ts";
import { registerPage } from "../bridge/callers.ts";
import { guardQuit } from "./quit.ts";

let quit: ReturnType<typeof guardQuit>;
const quitting = vi.fn();

beforeEach(async () => {
  await startElectron();
  quitting.mockReset();
  quit = guardQuit({ quitting }, 50);
});

/** A page that answers so many wait; null: one that hangs. */
async function open(profileId: string, waiting: number | null) {
  const window = new BrowserWindow();
  registerPage(window.webContents, profileId);
  const { guildhall } = await openPage(double(window).webContents);
  (guildhall as Bridge).on("askWaiting", () => {
    if (waiting !== null) quit.answer(window.webContents, waiting);
  });
  return window;
}
const ended = () => vi.waitFor(() => expect(double2().exitCode).toBe(0));
const double2 = () => app as unknown as { exitCode: number | null };

describe("quitting", () => {
  it("goes without a question when nothing waits", async () => {
    await open("p1", 0);
    await open("p2", 0);
    app.quit();
    await ended();
    expect(dialogs.asked).toEqual([]);
    expect(quitting).toHaveBeenCalledWith(true);
  });

  it("says how many will be sent next time: of each account once, however many windows it has", async () => {
    await open("p1", 3);
    await open("p1", 3);
    await open("p2", 2);
    app.quit();
    await ended();
    expect(dialogs.asked).toMatchObject([
      {
        message: "5 changes haven't been sent yet.",
        detail: "They're kept on this computer and will be sent the next time you open Guildhall.",
        buttons: ["Quit", "Stay"],
        cancelId: 1,
      },
    ]);
  });

  it("can be left, and asked again", async () => {
    await open("p1", 1);
    dialogs.answer.response = 1;
    app.quit();
    app.quit();
    await vi.waitFor(() => expect(dialogs.asked).toHaveLength(1));
    expect(dialogs.asked[0]?.message).toBe("1 change hasn't been sent yet.");
    expect(double2().exitCode).toBeNull();
    expect(quitting).not.toHaveBeenCalled();
    await vi.waitFor(() => {
      dialogs.answer.response = 0;
      app.quit();
      expect(dialogs.asked).toHaveLength(2);
    });
    await ended();
  });

  it("is not held up by a page that hangs, nor without a window", async () => {
    await open("p1", null);
    await open("p2", 1);
    app.quit();
    await ended();
    expect(dialogs.asked).toHaveLength(1);
    await startElectron();
    guardQuit({ quitting }, 50);
    app.quit();
    await ended();
  });

  it("asks nothing while the computer is being shut down", async () => {
    await open("p1", 3);
    powerMonitor.emit("shutdown");
    app.quit();
    await ended();
    expect(dialogs.asked).toEqual([]);
  });
});
