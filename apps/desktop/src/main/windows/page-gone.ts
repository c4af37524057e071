import { type BrowserWindow, dialog } from "electron";

const KEPT = "What you saved is on the server, and what waits to be sent is kept on this computer.";

const why: Record<string, string> = {
  oom: "It ran out of memory.",
  killed: "Another program ended it.",
  "memory-eviction": "This computer ran out of memory.",
  "integrity-failure": "A part of the app is damaged. Reinstall it if this happens again.",
  "launch-failed": "It couldn't be started.",
};

/** A page that ended or answers no more: said in words, with a way on. */
export function offerReload(window: BrowserWindow) {
  const { webContents: page } = window;
  const reload = () => !window.isDestroyed() && page.reload();
  let isEndedHere = false;

  page.on("render-process-gone", async (_event, { reason }) => {
    const isExpected = isEndedHere || reason === "clean-exit";
    isEndedHere = false;
    if (isExpected || window.isDestroyed()) return;
    const { response } = await dialog.showMessageBox(window, {
      type: "error",
      message: "This window stopped working.",
      detail: [why[reason], KEPT].filter(Boolean).join(" "),
      buttons: ["Reload", "Close"],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) reload();
    else if (!window.isDestroyed()) window.destroy();
  });

  let asked: AbortController | null = null;
  page.on("unresponsive", async () => {
    if (asked) return;
    asked = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      type: "warning",
      message: "Guildhall isn't responding.",
      detail: `You can wait, or reload this window. ${KEPT}`,
      buttons: ["Wait", "Reload"],
      defaultId: 0,
      cancelId: 0,
      // It answers again: the question closes by itself.
      signal: asked.signal,
    });
    asked = null;
    // A page that hangs can't be reloaded as it is.
    if (response === 1 && !window.isDestroyed()) {
      isEndedHere = true;
      page.forcefullyCrashRenderer();
      reload();
    }
  });
  page.on("responsive", () => asked?.abort());

  // A page that holds something unsaved asks to stay; without an answer of ours a window wouldn't close, silently.
  page.on("will-prevent-unload", (event) => {
    const response = dialog.showMessageBoxSync(window, {
      type: "warning",
      message: "This computer couldn't store everything you did.",
      detail:
        "If you close this window now, what isn't sent yet is lost. Stay until it says Saved.",
      buttons: ["Stay", "Close anyway"],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) event.preventDefault();
  });
}
