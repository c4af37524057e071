/**
 * Told by the service worker where a notification that was clicked leads; returns the function that ends it.
 */
export function onOpenPlace(open: (path: string) => void): () => void {
  const { serviceWorker } = navigator;
  function hear({ data }: MessageEvent<unknown>) {
    if (typeof data !== "object" || data === null || !("open" in data)) return;
    if (typeof data.open === "string" && data.open.startsWith("/w/")) open(data.open);
  }
  serviceWorker?.addEventListener("message", hear);
  return () => serviceWorker?.removeEventListener("message", hear);
}
