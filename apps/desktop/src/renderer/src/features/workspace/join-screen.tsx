import { useLocation } from "@tanstack/react-router";
import { use } from "react";
import { AuthFrame, textLinkClass } from "@/features/auth/auth-frame.tsx";
import { roleNames } from "@/features/members/role-names.ts";
import { InvitationGone } from "@/features/session/invitation-gone.tsx";
import { StartingPage } from "@/features/session/starting-page.tsx";
import { useInvitation } from "@/features/session/use-invitation.ts";
import { useSignOut } from "@/features/session/use-sign-out.ts";
import { addresses } from "@/routes/addresses.ts";
import { errorWords } from "@/sync/error-words.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-room.ts";
import { Button } from "@/ui/button.tsx";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { Link, NavigateContext } from "@/ui/link.tsx";
import { notify } from "@/ui/toast.ts";

/** An invitation's link, opened by somebody who is signed in. */
export function JoinScreen() {
  const secret = new URLSearchParams(useLocation().searchStr).get("invitation") ?? "none";
  const { invited, error, retry } = useInvitation(secret);
  if (error) return <InvitationGone error={error} onRetry={retry} />;
  if (!invited) return <StartingPage />;
  return <Accept secret={secret} invited={invited} />;
}

type Invited = NonNullable<ReturnType<typeof useInvitation>["invited"]>;

function Accept({ secret, invited }: { secret: string; invited: Invited }) {
  const me = useMe();
  const signOut = useSignOut();
  const navigate = use(NavigateContext);
  const cache = trpc.useUtils();
  const accept = trpc.invitations.accept.useMutation({
    onSuccess: async (joined) => {
      if (joined.outcome === "already_member") {
        notify({
          title: `You're already a member of ${joined.name}`,
          description: "The invitation wasn't used.",
        });
      }
      // The feed tells of open workspaces only, and this one is not open yet.
      await cache.workspaces.list.invalidate();
      navigate?.(addresses.workspace(joined.id));
    },
  });
  if (invited.email && invited.email !== me.email) {
    return (
      <AuthFrame
        title={`Join ${invited.workspaceName}`}
        footer={
          <Link href={addresses.home()} className={textLinkClass}>
            Continue as {me.name}
          </Link>
        }
      >
        <p className="mb-5 text-14 text-muted">
          This invitation is for <span className="font-medium text-ink">{invited.email}</span>, and
          you're signed in as <span className="font-medium text-ink">{me.email}</span>. Sign out,
          then open the link again.
        </p>
        <Button variant="primary" size="large" wide onClick={() => void signOut()}>
          Sign out
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={`Join ${invited.workspaceName}`}
      footer={
        <>
          Not {me.name}?{" "}
          <button type="button" className="underline underline-offset-2" onClick={signOut}>
            Sign out
          </button>{" "}
          and open the link again.
        </>
      }
    >
      <div className="grid gap-4">
        {accept.error && (
          <ErrorNotice title="Couldn't join the workspace">{errorWords(accept.error)}</ErrorNotice>
        )}
        <p className="text-14 text-muted">
          You'll join as {roleNames[invited.role].toLowerCase()}, signed in as{" "}
          <span className="font-medium text-ink">{me.email}</span>.
        </p>
        <Button
          variant="primary"
          size="large"
          wide
          autoFocus
          busy={accept.isPending}
          onClick={() => accept.mutate({ secret })}
        >
          Join {invited.workspaceName}
        </Button>
      </div>
    </AuthFrame>
  );
}
