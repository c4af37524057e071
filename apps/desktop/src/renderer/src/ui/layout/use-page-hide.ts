import { useEffect, useEffectEvent } from "react";

/** What is typed and not taken yet is taken when the page goes, before the last of it is stored. */
export function usePageHide(take: () => void) {
  const taken = useEffectEvent(take);
  useEffect(() => {
    const leave = () => taken();
    // Those who store listen without capture, and so come after.
    window.addEventListener("pagehide", leave, { capture: true });
    return () => window.removeEventListener("pagehide", leave, { capture: true });
  }, []);
}
