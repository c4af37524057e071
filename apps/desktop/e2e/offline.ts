import type { BrowserContext } from "@playwright/test";

/**
 * Cuts all pages of this browser off. Not while a service worker is taking one over: what such a
 * page asks for in that moment may reach the server all the same, and the page is right to say
 * "Saved".
 */
export async function goOffline(context: BrowserContext) {
  await Promise.all(context.pages().map((page) => page.evaluate(untilTakenOver)));
  await context.setOffline(true);
}

/** At once where there is no worker, or none that is on its way. */
async function untilTakenOver() {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker?.getRegistration();
  const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
  if (!worker || serviceWorker.controller) return;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (worker.state === "activated" || worker.state === "redundant") resolve();
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
