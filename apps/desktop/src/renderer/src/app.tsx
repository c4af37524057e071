import { RouterProvider } from "@tanstack/react-router";
import { SignedOutPages } from "@/features/session/signed-out-pages.tsx";
import { router } from "@/routes/router.tsx";
import { SessionProvider } from "@/sync/session.tsx";
import { NavigateContext } from "@/ui/link.tsx";
import { UiRoot } from "@/ui/ui-root.tsx";

const navigate = (href: string) => router.history.push(href);

export function App() {
  return (
    <NavigateContext value={navigate}>
      <UiRoot>
        <SessionProvider
          starting={null}
          noServer={() => null}
          unreachable={() => null}
          signedOut={<SignedOutPages />}
        >
          <RouterProvider router={router} />
        </SessionProvider>
      </UiRoot>
    </NavigateContext>
  );
}
