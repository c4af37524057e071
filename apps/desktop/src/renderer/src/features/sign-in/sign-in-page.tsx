import { use } from "react";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignUpPage } from "./sign-up-page.tsx";

export function SignInPage({ invitation }: { invitation: string | null }) {
  const { signedIn } = useSession();
  const navigate = use(NavigateContext);
  const { data: registration, isLoading } = trpc.auth.registration.useQuery();
  const mayJoin = invitation !== null || registration?.open;
  const login = trpc.auth.login.useMutation({
    onSuccess: (answer) => {
      if (invitation) navigate?.(paths.join(invitation));
      return signedIn(answer);
    },
  });
  if (isLoading) return <StartingPage />;
  // A fresh server: there is nobody who could sign in.
  if (registration?.isFirst) return <SignUpPage invitation={null} isFirst />;
  return (
    <SignInForm
      onSubmit={(values) => login.mutate({ ...values, device: shownDevice() })}
      busy={login.isPending}
      problem={login.error && problemOf(login.error)}
      forgotHref={paths.forgotPassword()}
      signUpHref={mayJoin ? paths.signUp(invitation) : registration && null}
    />
  );
}

function problemOf(error: unknown) {
  if (errorReason(error) !== "wrong_credentials") {
    return { title: "Couldn't sign you in", detail: formatError(error) };
  }
  return {
    title: "Incorrect email or password",
    detail: "Check both, or reset your password. After 10 attempts you'll need to wait 15 minutes.",
  };
}
