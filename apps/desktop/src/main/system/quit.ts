import { app, BrowserWindow, dialog, powerMonitor, type WebContents } from "electron";
import { profileOf } from "../bridge/callers.ts";
import { tellPage } from "../bridge/tell-page.ts";
import type { Windows } from "../windows/windows.ts";

/** A page that hangs must not hold up the end. */
const ANSWER_MS = 1_500;

type Asked = { answers: Map<WebContents, number>; done: () => void };

/**
 * Quitting while something waits: nothing is lost by it, and that is what it says.
 *
 * What waits is stored by the pages, so they are asked. All windows of an account know of the same, so each account
 * counts once. Who doesn't answer in time, as a page of nobody, counts for nothing: it is kept all the same.
 */
export function guardQuit({ quitting }: Pick<Windows, "quitting">, answerMs = ANSWER_MS) {
  let isDecided = false;
  let isAsking = false;
  let asked: Asked | null = null;

  async function countWaiting(): Promise<number> {
    const pages = BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
    const { promise, resolve } = Promise.withResolvers<void>();
    const answers = new Map<WebContents, number>();
    asked = {
      answers,
      done: () => answers.size === pages.length && resolve(),
    };
    const deadline = setTimeout(resolve, answerMs);
    for (const page of pages) tellPage(page, "askWaiting", true);
    if (pages.length > 0) await promise;
    clearTimeout(deadline);
    asked = null;
    const most = new Map<string | null, number>();
    for (const [page, count] of answers) {
      const profileId = profileOf(page);
      most.set(profileId, Math.max(count, most.get(profileId) ?? 0));
    }
    return [...most.values()].reduce((sum, count) => sum + count, 0);
  }

  async function decide() {
    isAsking = true;
    const waiting = await countWaiting();
    isAsking = false;
    if (waiting > 0 && !(await mayQuit(waiting))) return;
    isDecided = true;
    quitting(true);
    app.quit();
  }

  app.on("before-quit", (event) => {
    if (isDecided) return quitting(true);
    event.preventDefault();
    if (!isAsking) void decide();
  });
  // The computer is being shut down: there is no time for questions, and nothing is lost.
  powerMonitor.on("shutdown", () => {
    isDecided = true;
  });

  return {
    answer(page: WebContents, count: number) {
      asked?.answers.set(page, count);
      asked?.done();
    },
  };
}

async function mayQuit(waiting: number): Promise<boolean> {
  const changes = waiting === 1 ? "1 change hasn't" : `${waiting} changes haven't`;
  const they = waiting === 1 ? "It's" : "They're";
  const { response } = await dialog.showMessageBox({
    type: "question",
    message: `${changes} been sent yet.`,
    detail: `${they} kept on this computer and will be sent the next time you open Guildhall.`,
    buttons: ["Quit", "Stay"],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
