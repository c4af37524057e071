import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTimeZone } from "@/entities/notifications/sync/use-time-zone.ts";
import { confirmationAsked } from "@/entities/session/use-confirmed.ts";
import { useMySignals } from "@/entities/session/use-my-signals.ts";
import { useObservable } from "@/lib/observable.ts";
import { bringLazyFiles } from "@/platform/lazy-files.ts";
import { useDesktop } from "./use-desktop.ts";

const ConfirmationDialog = lazy(() => import("@/entities/session/confirmation-dialog.tsx"));

const ProviderProblemNews = lazy(
  () => import("@/entities/session/providers/provider-problem-news.tsx"),
);

/** Around all that is for people who are in. The frame of index.html is that of their workspace. */
export function SignedIn({ children }: { children: ReactNode }) {
  useMySignals();
  useTimeZone();
  useDesktop();
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.signedIn = "";
    bringLazyFiles();
    return () => {
      delete dataset.signedIn;
    };
  }, []);
  const [cameTo] = useState(() => window.location.pathname + window.location.search);
  const onConfirmed = useObservable(confirmationAsked);
  return (
    <>
      {children}
      {cameTo.includes("problem=") && (
        <Suspense fallback={null}>
          <ProviderProblemNews place={cameTo} />
        </Suspense>
      )}
      {onConfirmed && (
        <Suspense fallback={null}>
          <ConfirmationDialog onDone={onConfirmed} />
        </Suspense>
      )}
    </>
  );
}
