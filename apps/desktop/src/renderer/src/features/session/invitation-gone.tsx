import { AuthFrame, textLinkClass } from "@/features/auth/auth-frame.tsx";
import { addresses } from "@/routes/addresses.ts";
import { errorReason, errorWords } from "@/sync/error-words.ts";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { Link } from "@/ui/link.tsx";

/** The link leads nowhere any more, or the server could not be asked about it. */
export function InvitationGone({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const isGone = errorReason(error) !== null;
  return (
    <AuthFrame
      title={isGone ? "This invitation no longer works" : "Couldn't load the invitation"}
      footer={
        <Link href={addresses.home()} className={textLinkClass}>
          Continue without it
        </Link>
      }
    >
      {isGone ? (
        <p className="text-14 text-muted">{errorWords(error)}</p>
      ) : (
        <ErrorNotice title="The server didn't respond" onRetry={onRetry}>
          {errorWords(error)}
        </ErrorNotice>
      )}
    </AuthFrame>
  );
}
