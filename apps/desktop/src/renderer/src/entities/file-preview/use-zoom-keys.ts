import { useEffect, useEffectEvent } from "react";
import { zoomByKey } from "./stage-tools.tsx";

type ZoomCommands = Parameters<typeof zoomByKey>[1];

/** While a preview is open its keys are the window's: nothing else of the page is there to use them. */
export function useZoomKeys(commands: ZoomCommands) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isFree = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isField = event.target instanceof HTMLInputElement;
    if (isFree && !isField && zoomByKey(event.key, commands)) event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
