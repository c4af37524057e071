import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Link } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { type AboutInvitation, CreateAccount } from "./create-account.tsx";

type Props = AboutInvitation & { token: string };

/** The link that was mailed to sign up by: now come the name and the password. */
export default function SignUpByLink({ token, ...about }: Props) {
  const { data, error } = trpc.auth.pendingSignUp.useQuery(
    { token },
    { retry: false, staleTime: 0, gcTime: 0 },
  );
  if (error) {
    return (
      <AuthFrame title="This link no longer works">
        <p className="text-14 text-muted">
          {formatError(error)}{" "}
          <Link href={paths.signUp(about.invitation)} className={textLinkClass}>
            Send a new link
          </Link>
        </p>
      </AuthFrame>
    );
  }
  if (!data) return <StartingPage />;
  if (data.hasAccount) {
    return (
      <AuthFrame title="You already have an account">
        <p className="text-14 text-muted">
          The account of <span className="font-medium text-ink">{data.email}</span> was created.{" "}
          <Link href={paths.signIn(about.invitation)} className={textLinkClass}>
            Sign in
          </Link>
        </p>
      </AuthFrame>
    );
  }
  const fixed = { email: data.email, why: "You confirmed this address by opening the link." };
  return <CreateAccount {...about} token={token} fixed={fixed} />;
}
