/** In the page of bench/told.ts: when it sends, and when it says that its person was mentioned. */
globalThis.measured = {
  sentAt: 0,

  shown() {
    const toasts = document.body.textContent.split("Ann mentioned you").length - 1;
    return { title: document.title, toasts };
  },

  /** When it says so in its title, at the inbox, and in one more toast than before. */
  toldAt(before) {
    return new Promise((resolve) => {
      const look = () => {
        const { title, toasts } = measured.shown();
        const count = /^\((\d+)\)/.exec(title)?.[1];
        const inbox = document.querySelector('nav[aria-label="Workspace"] a[href$="/inbox"]');
        if (title === before.title || !count || toasts <= before.toasts) return;
        if (!inbox?.textContent.includes(count)) return;
        observer.disconnect();
        resolve(Date.now());
      };
      const observer = new MutationObserver(look);
      const all = { subtree: true, childList: true, characterData: true, attributes: true };
      observer.observe(document, all);
      look();
    });
  },
};

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Enter" && event.ctrlKey) measured.sentAt = Date.now();
  },
  { capture: true },
);
