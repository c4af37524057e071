import type { RouterOutputs } from "@guildhall/api/client";
import { lazy, Suspense, use, useState } from "react";
import { ProviderButtons } from "@/entities/session/providers/provider-buttons.tsx";
import { paths } from "@/lib/paths.ts";
import { platform } from "@/platform/platform.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignUpPage } from "./sign-up-page.tsx";
import { usePasskeySignIn } from "./use-passkey-sign-in.ts";

const BrowserSignIn = lazy(() => import("./servers/browser-sign-in.tsx"));
const ReopenAccount = lazy(() => import("./reopen-account.tsx"));
const SecondStep = lazy(() => import("./second-step.tsx"));
const ProviderProblem = lazy(() => import("@/entities/session/providers/provider-problem.tsx"));

type SignedIn = RouterOutputs["auth"]["login"];
type AskedToReopen = NonNullable<SignedIn["closed"]>;

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
  const [closed, setClosed] = useState(readAskedToReopen);
  const enter = async (answer: SignedIn) => {
    if (answer.token === null) return setClosed(answer.closed);
    if (invitation) navigate?.(paths.join(invitation));
    await signedIn(answer);
  };
  const login = trpc.auth.login.useMutation({ onSuccess: enter });
  const passkey = usePasskeySignIn(enter);
  if (closed) {
    return (
      <Suspense fallback={<StartingPage />}>
        <ReopenAccount
          closed={closed}
          onOpened={enter}
          onCancel={() => {
            login.reset();
            passkey.reset();
            setClosed(null);
          }}
        />
      </Suspense>
    );
  }
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
      otherWays={
        platform.servers ? (
          <Suspense fallback={null}>
            <BrowserSignIn onSignedIn={enter} />
          </Suspense>
        ) : (
          <ProviderButtons to={invitation ? paths.join(invitation) : place} />
        )
      }
      signUpHref={mayJoin ? paths.signUp(invitation) : registration && null}
    />
  );
}

/** Whom their provider has sent back to a closed account; what is behind the # goes no further than here. */
function readAskedToReopen(): AskedToReopen | null {
  const asked = new URLSearchParams(window.location.hash.slice(1));
  const [ticket, until] = [asked.get("reopen"), asked.get("until")];
  if (!ticket || !until) return null;
  window.history.replaceState(window.history.state, "", window.location.pathname);
  return { ticket, eraseAt: new Date(until) };
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
