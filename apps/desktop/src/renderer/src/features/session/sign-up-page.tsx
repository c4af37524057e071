import { SignUpForm } from "@/features/auth/sign-up-form.tsx";
import { addresses } from "@/routes/addresses.ts";
import { errorReason, errorWords } from "@/sync/error-words.ts";
import { shownDevice } from "@/sync/known-device.ts";
import { useSession } from "@/sync/session-context.ts";
import { trpc } from "@/sync/trpc.ts";
import { InvitationGone } from "./invitation-gone.tsx";
import { StartingPage } from "./starting-page.tsx";
import { useInvitation } from "./use-invitation.ts";

type Props = {
  invitation: string | null;
  /** Nobody has an account on this server yet. */
  isFirst?: boolean;
};

export function SignUpPage({ invitation, isFirst = false }: Props) {
  const { invited, isLoading, error, retry } = useInvitation(invitation);
  const { signedIn } = useSession();
  const register = trpc.auth.register.useMutation({ onSuccess: signedIn });

  if (isLoading) return <StartingPage />;
  if (error) return <InvitationGone error={error} onRetry={retry} />;

  const isTaken = errorReason(register.error) === "email_taken";
  return (
    <SignUpForm
      onSubmit={(values) =>
        register.mutate({
          ...values,
          invitation: invitation ?? undefined,
          device: shownDevice(),
        })
      }
      busy={register.isPending}
      problem={
        register.error && !isTaken
          ? { title: "Couldn't create your account", detail: errorWords(register.error) }
          : null
      }
      fieldErrors={isTaken ? { email: errorWords(register.error) } : undefined}
      signInHref={isFirst ? null : addresses.signIn(invitation)}
      invited={invited}
    />
  );
}
