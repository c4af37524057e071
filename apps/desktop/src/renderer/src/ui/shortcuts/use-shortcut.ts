import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { platform } from "@/platform/platform.ts";
import { keyPlace } from "./key-place.ts";
import { createKeys, type Shortcut } from "./keys.ts";

export const isMac = platform.os === "mac";

const keys = createKeys({ isMac, placeOf: keyPlace, now: () => performance.now() });

/** Called once by the root. Bubbling, so that a component that used the key itself comes first. */
export function listenForKeys(): () => void {
  window.addEventListener("keydown", keys.handle);
  return () => window.removeEventListener("keydown", keys.handle);
}

/** Registers while mounted; `run` always sees the newest props. `keys: null` switches it off. */
export function useShortcut(
  {
    keys: written,
    label,
    group,
    whileTyping,
  }: Omit<Shortcut, "run" | "keys"> & { keys: string | null },
  run: Shortcut["run"],
) {
  const runLatest = useEffectEvent(run);
  useEffect(() => {
    if (!written) return;
    return keys.register({
      keys: written,
      label,
      group,
      whileTyping,
      run: (event) => runLatest(event),
    });
  }, [written, label, group, whileTyping]);
}

/** All that work at this moment, for the `?` sheet. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(keys.watch, keys.list);
}
