import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { AuthError } from "./auth-error.tsx";

/** "This wasn't me": done by a button, as some mail programs open links by themselves. */
export default function UndoAddressPage() {
  const token = new URLSearchParams(location.search).get("token") || "none";
  const undo = trpc.auth.undoEmailChange.useMutation();
  if (undo.data) {
    return (
      <AuthFrame title="Your address is safe">
        <p className="mb-4 text-13 text-muted">
          Your account keeps {undo.data.email}, and everyone was signed out of it. Choose a new
          password now: someone else may know the old one.
        </p>
        <Link href={paths.forgotPassword()} className={textLinkClass}>
          Choose a new password
        </Link>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Keep your address">
      <div className="grid gap-4">
        <AuthError
          problem={
            undo.error && { title: "Couldn't keep your address", detail: formatError(undo.error) }
          }
        />
        <p className="text-13 text-muted">
          If you didn't ask for another address, keep this one. Every session and access token of
          your account ends.
        </p>
        <Button
          variant="primary"
          size="large"
          wide
          busy={undo.isPending}
          onClick={() => undo.mutate({ token })}
        >
          This wasn't me
        </Button>
      </div>
    </AuthFrame>
  );
}
