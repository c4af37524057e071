import type { RouterHistory } from "@tanstack/react-router";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { appPaths } from "@/lib/app-paths.ts";
import { paths } from "@/lib/paths.ts";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { ForgotPasswordPage } from "./forgot-password-page.tsx";
import { JoinPage } from "./join-page.tsx";
import { ResetPasswordPage } from "./reset-password-page.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { SignUpPage } from "./sign-up-page.tsx";

const UndoAddressPage = lazy(() => import("./undo-address-page.tsx"));
const LinkAccountPage = lazy(() => import("./link-account-page.tsx"));

/**
 * What is shown to a stranger. The router and its screens are for people who are in; these few
 * pages follow the same history, so that links, back and forward work between them.
 */
export function SignedOutPages({ history }: { history: RouterHistory }) {
  const href = useSyncExternalStore(history.subscribe, () => history.location.href);
  const { pathname, search, searchParams } = new URL(href, window.location.origin);
  const invitation = searchParams.get("invitation");

  switch (pathname) {
    case paths.signUp():
      return <SignUpPage invitation={invitation} token={searchParams.get("token")} />;
    case paths.forgotPassword():
      return <ForgotPasswordPage />;
    case paths.resetPassword():
      return <ResetPasswordPage token={searchParams.get("token") ?? ""} />;
    case appPaths.undoAddress:
      return (
        <Suspense fallback={<StartingPage />}>
          <UndoAddressPage />
        </Suspense>
      );
    case paths.linkAccount():
      return (
        <Suspense fallback={null}>
          <LinkAccountPage />
        </Suspense>
      );
    case paths.join():
      return <JoinPage invitation={invitation ?? ""} />;
    default:
      // At any other address: that place is shown once the person is in.
      return <SignInPage invitation={invitation} place={pathname + search} />;
  }
}
