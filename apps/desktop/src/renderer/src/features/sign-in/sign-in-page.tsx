import { lazy, Suspense, use } from "react";
import { ProviderButtons } from "@/entities/session/providers/provider-buttons.tsx";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignUpPage } from "./sign-up-page.tsx";
import { usePasskeySignIn } from "./use-passkey-sign-in.ts";

const SecondStep = lazy(() => import("./second-step.tsx"));
const ProviderProblem = lazy(() => import("@/entities/session/providers/provider-problem.tsx"));

type Props = {
  invitation: string | null;
  /** Where one is, with what follows the ?. */
  place: string;
};

export function SignInPage({ invitation, place }: Props) {
  const { signedIn } = useSession();
  const navigate = use(NavigateContext);
  const { client } = trpc.useUtils();
  const { data: registration, isLoading } = trpc.auth.registration.useQuery();
  const mayJoin = invitation !== null || registration?.open;
  const enter = (answer: { token: string; device: string }) => {
    if (invitation) navigate?.(paths.join(invitation));
    return signedIn(answer);
  };
  const login = trpc.auth.login.useMutation({
    onSuccess: (answer) => (answer.token === null ? undefined : enter(answer)),
  });
  const passkey = usePasskeySignIn(enter);
  if (isLoading) return <StartingPage />;
  // A fresh server: there is nobody who could sign in.
  if (registration?.isFirst) return <SignUpPage invitation={null} isFirst />;
  const problem = login.error ?? passkey.error;
  if (login.data?.pending) {
    return (
      <Suspense fallback={<StartingPage />}>
        <SecondStep
          pending={login.data.pending}
          finish={async (shown) =>
            enter(
              "passkey" in shown
                ? await client.auth.signInByPasskey.mutate(shown)
                : await client.auth.finishSignIn.mutate(shown),
            )
          }
          onStartOver={login.reset}
        />
      </Suspense>
    );
  }
  const hasProblem = new URLSearchParams(place.split("?", 2)[1]).has("problem");
  return (
    <SignInForm
      onSubmit={(values) => {
        passkey.reset();
        login.mutate({ ...values, device: shownDevice() });
      }}
      busy={login.isPending}
      problem={problem && problemOf(problem)}
      onShown={passkey.offer}
      onPasskey={passkey.isPossible ? passkey.show : undefined}
      isPasskeyBusy={passkey.isPending}
      forgotHref={paths.forgotPassword()}
      notice={
        hasProblem && (
          <Suspense fallback={null}>
            <ProviderProblem place={place} />
          </Suspense>
        )
      }
      otherWays={<ProviderButtons to={invitation ? paths.join(invitation) : place} />}
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
