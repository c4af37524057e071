import { type ReactNode, useEffect } from "react";
import { useMySignals } from "@/entities/session/use-my-signals.ts";
import { bringLazyFiles } from "@/platform/lazy-files.ts";

/** Around all that is for people who are in. The frame of index.html is that of their workspace. */
export function SignedIn({ children }: { children: ReactNode }) {
  useMySignals();
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
