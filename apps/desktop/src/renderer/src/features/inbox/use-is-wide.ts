import { useSyncExternalStore } from "react";

/** Wide enough for a thing beside the list: from there on a peek panel does not cover the screen. */
const query = () => window.matchMedia("(min-width: 768px)");

const watch = (changed: () => void) => {
  const list = query();
  list.addEventListener("change", changed);
  return () => list.removeEventListener("change", changed);
};

export const useIsWide = () => useSyncExternalStore(watch, () => query().matches);
