import type { RouterOutputs } from "@guildhall/api/client";
import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { goToProvider } from "@/entities/session/go-to-provider.ts";
import { hasPasskeys, showPasskey } from "@/entities/session/passkey.ts";
import { platform } from "@/platform/platform.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { PasswordField } from "@/ui/controls/password-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type Props = { onDone: (isConfirmed: boolean) => void };

/** Over whatever asked for it. */
export default function ConfirmationDialog({ onDone }: Props) {
  const me = useMe();
  const form = useId();
  const [password, setPassword] = useState("");
  const confirm = trpc.auth.confirm.useMutation({ onSuccess: () => onDone(true) });
  const { client } = trpc.useUtils();
  const { data: factors } = trpc.factors.list.useQuery();
  const { data: ways } = trpc.providers.mine.useQuery();
  const hasPassword = ways?.password !== "none";
  const byPasskey = useMutation({
    mutationFn: async () => {
      const passkey = await showPasskey(await client.auth.askToConfirm.mutate({}));
      return passkey && client.auth.confirmByPasskey.mutate({ passkey });
    },
    onSuccess: (answer) => answer && onDone(true),
  });
  const error = confirm.error ?? byPasskey.error;
  const isWrong = errorReason(confirm.error) === "wrong_password";

  function submit(event: FormEvent) {
    event.preventDefault();
    confirm.mutate({ password });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone(false)}
      width="small"
      title="Confirm it's you"
      description="You signed in a while ago. We won't ask again for 10 minutes."
      footer={
        <>
          <Button onClick={() => onDone(false)}>Cancel</Button>
          {hasPassword && (
            <Button
              type="submit"
              form={form}
              variant="primary"
              busy={confirm.isPending}
              disabled={!password}
            >
              Confirm
            </Button>
          )}
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        {error && !isWrong && (
          <ErrorNotice title="Couldn't confirm it's you">{formatError(error)}</ErrorNotice>
        )}
        {hasPassword && (
          <>
            {/* Tells password managers whose it is. */}
            <input type="hidden" autoComplete="username" value={me.email} readOnly />
            <PasswordField
              label="Your password"
              autoComplete="current-password"
              value={password}
              onValueChange={(typed) => {
                setPassword(typed);
                if (confirm.error) confirm.reset();
              }}
              error={isWrong ? "This isn't your password." : null}
            />
          </>
        )}
        {hasPasskeys() && factors && factors.passkeys.length > 0 && (
          <Button
            wide
            icon={<KeyRound size={16} />}
            busy={byPasskey.isPending}
            onClick={() => byPasskey.mutate()}
          >
            Use a passkey
          </Button>
        )}
        {!hasPassword && <ProvidersAgain mine={ways?.identities ?? []} />}
      </form>
    </Dialog>
  );
}

type Identity = RouterOutputs["providers"]["mine"]["identities"][number];

/** Who has no password signs in again: that proves it too. */
function ProvidersAgain({ mine }: { mine: readonly Identity[] }) {
  // The window of the desktop app has no way back from a provider's page.
  if (platform.kind !== "web") {
    return (
      <p className="text-13 text-muted">
        Open Guildhall in your browser to sign in again with your provider, or add a passkey there.
      </p>
    );
  }
  const here = window.location.pathname + window.location.search;
  return (
    <>
      {mine.map(({ id, provider, providerName }) =>
        providerName === null ? null : (
          <Button
            key={id}
            wide
            onClick={() => void goToProvider(provider, here, { isAgain: true })}
          >
            Sign in again with {providerName}
          </Button>
        ),
      )}
      <p className="text-13 text-muted">
        You come back here, and can then do it within 10 minutes.
      </p>
    </>
  );
}
