import { InvitationGone } from "@/entities/invitations/invitation-gone.tsx";
import { useInvitation } from "@/entities/invitations/use-invitation.ts";
import { ProviderButtons } from "@/entities/session/providers/provider-buttons.tsx";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { SignUpForm } from "./sign-up-form.tsx";

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
          ? { title: "Couldn't create your account", detail: formatError(register.error) }
          : null
      }
      fieldErrors={isTaken ? { email: formatError(register.error) } : undefined}
      signInHref={isFirst ? null : paths.signIn(invitation)}
      invited={invited}
      otherWays={<ProviderButtons to={invitation ? paths.join(invitation) : paths.home()} />}
    />
  );
}
