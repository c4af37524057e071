import { useLocation } from "@tanstack/react-router";
import { use } from "react";
import { InvitationGone } from "@/entities/invitations/invitation-gone.tsx";
import { InvitedAs } from "@/entities/invitations/invited-as.tsx";
import { useInvitation } from "@/entities/invitations/use-invitation.ts";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link, NavigateContext } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { notify } from "@/ui/overlays/toast.ts";

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
      navigate?.(paths.workspace(joined.id));
    },
  });
  if (invited.email && invited.email !== me.email) {
    return (
      <AuthFrame
        title={`Join ${invited.workspaceName}`}
        footer={
          <Link href={paths.home()} className={textLinkClass}>
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
          <ErrorNotice title="Couldn't join the workspace">{formatError(accept.error)}</ErrorNotice>
        )}
        <p className="text-14 text-muted">
          <InvitedAs invited={invited} /> You're signed in as{" "}
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
