import type { RouterOutputs } from "@guildhall/api/client";
import { ProviderButtons } from "@/entities/session/providers/provider-buttons.tsx";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";
import { SignUpForm } from "./sign-up-form.tsx";

export type AboutInvitation = {
  invitation: string | null;
  /** What it is to. */
  invited: RouterOutputs["invitations"]["preview"] | undefined;
};

type Props = AboutInvitation & {
  /** Out of a mailed link, which shows that the address is theirs. */
  token?: string;
  /** The address that it has to be. */
  fixed: { email: string; why: string } | undefined;
  isFirst?: boolean;
};

export function CreateAccount({ invitation, invited, token, fixed, isFirst = false }: Props) {
  const { signedIn } = useSession();
  const cache = trpc.useUtils();
  const register = trpc.auth.register.useMutation({
    onSuccess: signedIn,
    onError: (error) => {
      // Somebody was first, or the server sends mail since: the page looks again how one signs up.
      if (errorReason(error) === "sign_up_by_mail") void cache.auth.registration.invalidate();
    },
  });
  const isTaken = errorReason(register.error) === "email_taken";
  return (
    <SignUpForm
      onSubmit={(values) =>
        register.mutate({
          ...values,
          invitation: invitation ?? undefined,
          token,
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
      invitedTo={invited?.workspaceName}
      fixed={fixed}
      otherWays={<ProviderButtons to={invitation ? paths.join(invitation) : paths.home()} />}
    />
  );
}
