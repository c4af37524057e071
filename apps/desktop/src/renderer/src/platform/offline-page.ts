import { platform } from "./platform.ts";

/** Lets a browser open the page without a connection. The desktop app has its pages with it. */
export function keepPageOffline() {
  if (platform.kind !== "web" || !import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/service-worker.js").catch((error: unknown) => {
    // Private windows and strict settings refuse it: then the page needs the network, as any page.
    console.warn("The page will not open without a connection.", error);
  });
}
