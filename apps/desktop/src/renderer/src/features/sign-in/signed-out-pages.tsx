import type { RouterHistory } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { paths } from "@/lib/paths.ts";
import { ForgotPasswordPage } from "./forgot-password-page.tsx";
import { JoinPage } from "./join-page.tsx";
import { ResetPasswordPage } from "./reset-password-page.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { SignUpPage } from "./sign-up-page.tsx";

/**
 * What is shown to a stranger. The router and its screens are for people who are in; these few
 * pages follow the same history, so that links, back and forward work between them.
 */
export function SignedOutPages({ history }: { history: RouterHistory }) {
  const href = useSyncExternalStore(history.subscribe, () => history.location.href);
  const { pathname, searchParams } = new URL(href, window.location.origin);
  const invitation = searchParams.get("invitation");

  switch (pathname) {
    case paths.signUp():
      return <SignUpPage invitation={invitation} />;
    case paths.forgotPassword():
      return <ForgotPasswordPage />;
    case paths.resetPassword():
      return <ResetPasswordPage token={searchParams.get("token") ?? ""} />;
    case paths.join():
      return <JoinPage invitation={invitation ?? ""} />;
    default:
      // At any other address: that place is shown once the person is in.
      return <SignInPage invitation={invitation} />;
  }
}
