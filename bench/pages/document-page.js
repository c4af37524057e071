/** The part of document.ts that runs in the page: it watches, and answers with plain numbers. */
const TEXT = ".document-text";

const seen = { shown: null, keys: [], long: [] };

/** Of the page's own clock, which starts when the address is asked for. */
new MutationObserver((_, watcher) => {
  if (!document.querySelector(`${TEXT} p`)) return;
  watcher.disconnect();
  requestAnimationFrame((now) => {
    seen.shown = now;
  });
}).observe(document, { childList: true, subtree: true });

globalThis.measured = {
  seen,

  /** From each key to the frame that shows it; the frame's own painting is in it. */
  watchKeys() {
    seen.keys = [];
    addEventListener(
      "keydown",
      (event) => {
        const from = event.timeStamp;
        requestAnimationFrame(() => {
          // After the frame was handed over: a message comes when layout and paint are done.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => seen.keys.push(performance.now() - from);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.long.push(duration);
    }).observe({ type: "longtask" });
  },
};
