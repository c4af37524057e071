import { use } from "react";
import { InvitationGone } from "@/entities/invitations/invitation-gone.tsx";
import { InvitedAs } from "@/entities/invitations/invited-as.tsx";
import { useInvitation } from "@/entities/invitations/use-invitation.ts";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link, NavigateContext } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";

/** An invitation's link, opened by somebody who is not signed in. */
export function JoinPage({ invitation }: { invitation: string }) {
  const { invited, error, retry } = useInvitation(invitation || "none");
  const navigate = use(NavigateContext);
  if (error) return <InvitationGone error={error} onRetry={retry} />;
  if (!invited) return <StartingPage />;
  return (
    <AuthFrame
      title={`Join ${invited.workspaceName}`}
      footer={
        <>
          Already have an account?{" "}
          <Link href={paths.signIn(invitation)} className={textLinkClass}>
            Sign in
          </Link>
        </>
      }
    >
      <p className="mb-5 text-14 text-muted">
        <InvitedAs invited={invited} />
      </p>
      <Button
        variant="primary"
        size="large"
        wide
        onClick={() => navigate?.(paths.signUp(invitation))}
      >
        Create account
      </Button>
    </AuthFrame>
  );
}
