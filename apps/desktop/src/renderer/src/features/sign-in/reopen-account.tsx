import type { RouterOutputs } from "@guildhall/api/client";
import { formatDate } from "@/lib/locale.ts";
import { formatError } from "@/sync/format-error.ts";
import { forgetShell } from "@/sync/storage/persist.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { AuthFrame } from "@/ui/layout/auth-frame.tsx";
import { AuthError } from "./auth-error.tsx";

type Login = RouterOutputs["auth"]["login"];

type Props = {
  closed: NonNullable<Login["closed"]>;
  onOpened: (answer: Extract<Login, { token: string }>) => Promise<void>;
  onCancel: () => void;
};

/** Who signed in to the account that they had closed. */
export default function ReopenAccount({ closed, onOpened, onCancel }: Props) {
  const reopen = trpc.auth.reopenAccount.useMutation({
    onSuccess: async (answer) => {
      if (answer.token !== null) return onOpened(answer);
      // Their provider signs them in: they are signed in there already.
      await forgetShell();
      window.location.assign(answer.goTo);
    },
  });
  const { ticket, eraseAt } = closed;
  return (
    <AuthFrame title="Open your account again?">
      <div className="grid gap-4">
        <AuthError
          problem={
            reopen.error && {
              title: "Couldn't open your account",
              detail: formatError(reopen.error),
            }
          }
        />
        <p className="text-14 text-muted">
          You closed this account. Until {formatDate(eraseAt, { dateStyle: "long" })} you can have
          it back, with your workspaces and the rights you'd have there now. Access tokens and
          notifications on your devices have to be set up again.
        </p>
        <Button
          variant="primary"
          size="large"
          wide
          busy={reopen.isPending || reopen.isSuccess}
          onClick={() => reopen.mutate({ ticket })}
        >
          Open my account again
        </Button>
        <Button size="large" wide onClick={onCancel}>
          Leave it closed
        </Button>
      </div>
    </AuthFrame>
  );
}
