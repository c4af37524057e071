/**
 * Moments in which a connection may be back, or may have died unseen: whoever waits to try again does
 * so now. The network is back, the window is looked at again, a page comes out of the browser's memory;
 * and the app says that the computer has woken.
 */
const listeners = new Set<() => void>();

export function wake() {
  for (const listener of [...listeners]) listener();
}

/** Returns the function that ends it. */
export function onWake(listener: () => void): () => void {
  if (listeners.size === 0) watchPage(true);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) watchPage(false);
  };
}

function watchPage(isOn: boolean) {
  const how = isOn ? "addEventListener" : "removeEventListener";
  window[how]("online", wake);
  window[how]("pageshow", cameBack);
  globalThis.document?.[how]("visibilitychange", cameBack);
}

function cameBack(event: Event) {
  const isShown = document.visibilityState === "visible";
  // Every page is shown once as it loads; there is nothing to wake then.
  if (event.type === "pageshow" ? (event as PageTransitionEvent).persisted : isShown) wake();
}
