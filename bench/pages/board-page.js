/** The part of board.ts that runs in the page: it watches, and answers with plain numbers. */
const CARD = "[data-task-id]";
const SPOKEN = "[role=status][aria-live=polite]";

const seen = { firstCard: null, frames: [], long: [], answer: null };

/** Of the page's own clock, which starts when the address is asked for. */
new MutationObserver((_, watcher) => {
  if (!document.querySelector(CARD)) return;
  watcher.disconnect();
  requestAnimationFrame((now) => {
    seen.firstCard = now;
  });
}).observe(document, { childList: true, subtree: true });

globalThis.measured = {
  seen,

  watchFrames() {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.long.push(duration);
    }).observe({ type: "longtask" });
    let last = performance.now();
    const frame = (now) => {
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  },

  /** From the next key to the first frame in which the board has said what it did. */
  watchAnswer() {
    seen.answer = null;
    const before = document.querySelector(SPOKEN)?.textContent;
    const onKey = () => {
      const from = performance.now();
      const check = (now) => {
        if (document.querySelector(SPOKEN)?.textContent === before) requestAnimationFrame(check);
        else seen.answer = now - from;
      };
      requestAnimationFrame(check);
    };
    addEventListener("keydown", onKey, { once: true, capture: true });
  },

  async forgetAll() {
    localStorage.clear();
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  },
};
