import { useSyncExternalStore } from "react";
import { createObservable } from "@/lib/observable.ts";
import { platform } from "@/platform/platform.ts";
import type { UpdateState } from "../../../../shared/updates.ts";

/** Null in a browser, and until the app has said it. */
const state = createObservable<UpdateState | null>(null);
let isFollowing = false;

function watch(listener: () => void) {
  if (!isFollowing && platform.updates) {
    isFollowing = true;
    platform.updates.onChange(state.set);
    void platform.updates.get().then(state.set);
  }
  return state.watch(listener);
}

/** How the desktop app stands to its updates. */
export const useUpdate = (): UpdateState | null => useSyncExternalStore(watch, state.get);
