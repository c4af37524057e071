import { lazy, type ReactNode, Suspense, useState } from "react";
import { trpc } from "@/sync/trpc.ts";
import { StartingPage } from "@/ui/layout/starting-page.tsx";

const FactorNeeded = lazy(() => import("./factor-needed.tsx"));

/** Around what is outside of workspaces: whoever needs a second factor for this whole server sets it up first. */
export function WithServerFactor({ children }: { children: ReactNode }) {
  const { data, isLoading } = trpc.instance.access.useQuery();
  // Stays while the recovery codes are shown, though by then the way is open.
  const [isAsked, setAsked] = useState(false);
  if (data?.awaitsFactor && !isAsked) setAsked(true);
  if (isLoading) return <StartingPage />;
  if (!isAsked) return children;
  return (
    <Suspense fallback={<StartingPage />}>
      <FactorNeeded by="This server" onReady={() => setAsked(false)} />
    </Suspense>
  );
}
