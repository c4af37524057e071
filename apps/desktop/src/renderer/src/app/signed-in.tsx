import { type ReactNode, useEffect } from "react";
import { useTimeZone } from "@/entities/notifications/sync/use-time-zone.ts";
import { useMySignals } from "@/entities/session/use-my-signals.ts";
import { bringLazyFiles } from "@/platform/lazy-files.ts";

/** Around all that is for people who are in. The frame of index.html is that of their workspace. */
export function SignedIn({ children }: { children: ReactNode }) {
  useMySignals();
  useTimeZone();
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.signedIn = "";
    bringLazyFiles();
    return () => {
      delete dataset.signedIn;
    };
  }, []);
  return children;
}
