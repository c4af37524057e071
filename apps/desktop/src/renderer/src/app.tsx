import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { UploadQueue } from "@/features/files/use-upload.ts";
import { ServerAddressPage } from "@/features/session/server-address-page.tsx";
import { SignedOutPages } from "@/features/session/signed-out-pages.tsx";
import { StartingPage } from "@/features/session/starting-page.tsx";
import { UnreachablePage } from "@/features/session/unreachable-page.tsx";
import { platform } from "@/platform/platform.ts";
import { router } from "@/routes/router.tsx";
import { SessionProvider } from "@/sync/session.tsx";
import { NavigateContext } from "@/ui/link.tsx";
import { UiRoot } from "@/ui/ui-root.tsx";

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
            starting={<StartingPage />}
            noServer={(onChosen) => <ServerAddressPage onChosen={onChosen} />}
            unreachable={(retry) => (
              <UnreachablePage
                retry={retry}
                onChangeServer={platform.setServerUrl ? () => setChoosing(true) : undefined}
              />
            )}
            signedOut={<SignedOutPages history={router.history} />}
          >
            <UploadQueue />
            <RouterProvider router={router} />
          </SessionProvider>
        )}
      </UiRoot>
    </NavigateContext>
  );
}
