/**
 * The page goes, or is out of sight and may be ended there without another word: what is to be stored
 * is stored now. Returns the function that ends it.
 */
export function onPageLeave(store: () => void): () => void {
  const hidden = () => {
    if (document.visibilityState === "hidden") store();
  };
  window.addEventListener("pagehide", store);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    window.removeEventListener("pagehide", store);
    document.removeEventListener("visibilitychange", hidden);
  };
}
