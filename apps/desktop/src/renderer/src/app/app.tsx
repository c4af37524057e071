import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { ServerAddressPage } from "@/features/sign-in/servers/server-address-page.tsx";
import { UnreachablePage } from "@/features/sign-in/servers/unreachable-page.tsx";
import { SignedOutPages } from "@/features/sign-in/signed-out-pages.tsx";
import { platform } from "@/platform/platform.ts";
import { SessionProvider } from "@/sync/session/session.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { UiRoot } from "@/ui/layout/ui-root.tsx";
import { router } from "./router.tsx";
import { SignedIn } from "./signed-in.tsx";
import { registry } from "./sync/registry.ts";

const AccountGonePage = lazy(() => import("@/features/sign-in/account-gone-page.tsx"));

const navigate = (href: string) => router.history.push(href);

export function App() {
  /** Raised when another server was named: everything about the last one is dropped. */
  const [visit, setVisit] = useState(0);
  const [isChoosing, setChoosing] = useState(false);
  const chosen = () => {
    setChoosing(false);
    setVisit(visit + 1);
  };
  return (
    <NavigateContext value={navigate}>
      <UiRoot>
        {isChoosing ? (
          <ServerAddressPage onChosen={chosen} />
        ) : (
          <SessionProvider
            key={visit}
            registry={registry}
            starting={<StartingPage />}
            noServer={(onChosen) => <ServerAddressPage onChosen={onChosen} />}
            unreachable={(retry) => (
              <UnreachablePage
                retry={retry}
                onChangeServer={platform.setServerUrl ? () => setChoosing(true) : undefined}
              />
            )}
            gone={(why, unsent, onLeave) => (
              <Suspense fallback={<StartingPage />}>
                <AccountGonePage why={why} unsent={unsent} onLeave={onLeave} />
              </Suspense>
            )}
            signedOut={<SignedOutPages history={router.history} />}
          >
            <SignedIn>
              <RouterProvider router={router} />
            </SignedIn>
          </SessionProvider>
        )}
      </UiRoot>
    </NavigateContext>
  );
}
