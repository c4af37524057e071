import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { Link } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

/** The link leads nowhere any more, or the server could not be asked about it. */
export function InvitationGone({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const isGone = errorReason(error) !== null;
  return (
    <AuthFrame
      title={isGone ? "This invitation no longer works" : "Couldn't load the invitation"}
      footer={
        <Link href={paths.home()} className={textLinkClass}>
          Continue without it
        </Link>
      }
    >
      {isGone ? (
        <p className="text-14 text-muted">{formatError(error)}</p>
      ) : (
        <ErrorNotice title="The server didn't respond" onRetry={onRetry}>
          {formatError(error)}
        </ErrorNotice>
      )}
    </AuthFrame>
  );
}
