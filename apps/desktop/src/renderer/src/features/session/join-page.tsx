import { use } from "react";
import { AuthFrame, textLinkClass } from "@/features/auth/auth-frame.tsx";
import { roleNames } from "@/features/members/role-names.ts";
import { addresses } from "@/routes/addresses.ts";
import { Button } from "@/ui/button.tsx";
import { Link, NavigateContext } from "@/ui/link.tsx";
import { InvitationGone } from "./invitation-gone.tsx";
import { StartingPage } from "./starting-page.tsx";
import { useInvitation } from "./use-invitation.ts";

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
          <Link href={addresses.signIn(invitation)} className={textLinkClass}>
            Sign in
          </Link>
        </>
      }
    >
      <p className="mb-5 text-14 text-muted">
        <span className="font-medium text-ink">{invited.email ?? invited.name}</span> is invited as{" "}
        {roleNames[invited.role].toLowerCase()}.
      </p>
      <Button
        variant="primary"
        size="large"
        wide
        onClick={() => navigate?.(addresses.signUp(invitation))}
      >
        Create account
      </Button>
    </AuthFrame>
  );
}
