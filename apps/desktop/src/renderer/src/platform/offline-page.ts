/**
 * Lets a browser open the page without a connection, and gives out the files that are on this device. The
 * desktop app has its pages with it: there the files are all.
 */
export function keepPageOffline() {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/service-worker.js").catch((error: unknown) => {
    // Private windows and strict settings refuse it: then the page needs the network, as any page.
    console.warn("The page will not open without a connection.", error);
  });
}

/** Out of which database the service worker gives files; null: of nobody any more. */
export function giveOutFilesOf(database: string | null) {
  void navigator.serviceWorker?.ready.then(({ active }) =>
    active?.postMessage({ filesOf: database }),
  );
}
