import { lazy, Suspense } from "react";
import { InvitationGone } from "@/entities/invitations/invitation-gone.tsx";
import { useInvitation } from "@/entities/invitations/use-invitation.ts";
import { trpc } from "@/sync/trpc.ts";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { CreateAccount } from "./create-account.tsx";

const SignUpByMail = lazy(() => import("./sign-up-by-mail.tsx"));
const SignUpByLink = lazy(() => import("./sign-up-by-link.tsx"));

type Props = {
  invitation: string | null;
  /** Out of the link that was mailed to the address. */
  token?: string | null;
  /** Nobody has an account on this server yet. */
  isFirst?: boolean;
};

export function SignUpPage({ invitation, token = null, isFirst = false }: Props) {
  const { invited, isLoading, error, retry } = useInvitation(invitation);
  const { data: registration, isLoading: isAsking } = trpc.auth.registration.useQuery();

  if (isLoading || isAsking) return <StartingPage />;
  if (error) return <InvitationGone error={error} onRetry={retry} />;
  const about = { invitation, invited };
  if (token) {
    return (
      <Suspense fallback={<StartingPage />}>
        <SignUpByLink token={token} {...about} />
      </Suspense>
    );
  }
  // A mailed invitation is such a link itself.
  if (registration?.isByMail && !invited?.mailedTo) {
    return (
      <Suspense fallback={<StartingPage />}>
        <SignUpByMail {...about} />
      </Suspense>
    );
  }
  return (
    <CreateAccount
      {...about}
      fixed={
        invited?.email
          ? { email: invited.email, why: "Your invitation was sent to this address." }
          : undefined
      }
      isFirst={isFirst}
    />
  );
}
