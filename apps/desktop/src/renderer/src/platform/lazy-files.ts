/**
 * Brings what the page will import later, once somebody is in. Named in a template of the built page
 * (prefetch-lazy.ts); the service worker, where there is one, keeps the same for when there is no connection.
 */
export function bringLazyFiles() {
  const named = document.getElementById("lazy-files");
  if (!(named instanceof HTMLTemplateElement)) return; // Brought before, or not a built page.
  document.head.append(named.content);
  named.remove();
  navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage("keep lazy files"));
}
