import type { RouterOutputs } from "@guildhall/api/client";
import { type FormEvent, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe, useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type Closing = RouterOutputs["auth"]["closing"];

/** What stands in the way, or what happens. */
export function CloseAccountForm() {
  const { data, error, refetch } = trpc.auth.closing.useQuery(undefined, {
    staleTime: 0,
    gcTime: 0,
  });
  if (error) {
    return (
      <ErrorNotice title="Couldn't look at your account" onRetry={() => refetch()}>
        {formatError(error)}
      </ErrorNotice>
    );
  }
  if (!data) return null;
  const isStopped = data.withOthers.length > 0 || data.isLastAdministrator;
  return isStopped ? <InTheWay closing={data} /> : <Confirm closing={data} />;
}

function InTheWay({ closing }: { closing: Closing }) {
  return (
    <div role="alert" className="grid gap-3 text-13 leading-5">
      {closing.withOthers.length > 0 && (
        <>
          <p>You're the only owner of workspaces where others work:</p>
          <Names of={closing.withOthers} />
          <p className="text-muted">
            In each, make someone else an owner under Members, or delete it under Settings →
            Workspace. Then close your account.
          </p>
        </>
      )}
      {closing.isLastAdministrator && (
        <p>
          You're the only administrator of this server. Make someone else an administrator first,
          under Server administration → Accounts.
        </p>
      )}
    </div>
  );
}

function Confirm({ closing }: { closing: Closing }) {
  const me = useMe();
  const sync = useSyncClient();
  const [typed, setTyped] = useState("");
  const [keepsName, setKeepsName] = useState(true);
  const close = useConfirmed(
    ({ auth }, input: { email: string; keepsName: boolean }) => auth.closeAccount.mutate(input),
    { onSuccess: () => sync.signedOut() },
  );
  const email = typed.trim().toLowerCase();

  function submit(event: FormEvent) {
    event.preventDefault();
    close.mutate({ email, keepsName });
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {close.error && (
        <ErrorNotice title="Your account wasn't closed">{formatError(close.error)}</ErrorNotice>
      )}
      <ul className="grid list-disc gap-1.5 pl-4 text-13 text-muted leading-5">
        <li>At once: sessions, access tokens, notifications and mails end on all devices.</li>
        <li>Your tasks, documents, comments and files stay in their workspaces.</li>
        <li>For 14 days you can open your account again by signing in. We'll mail you the date.</li>
        <li>
          Then your email address, password, sign-in methods, picture, drafts and settings are
          erased for good. Audit logs and backups keep what they have for as long as they are kept.
        </li>
      </ul>
      {closing.onlyMine.length > 0 && (
        <div className="text-13 leading-5">
          <p>Nobody else is in these workspaces. They are erased with your account:</p>
          <Names of={closing.onlyMine} />
        </div>
      )}
      <Checkbox checked={keepsName} onCheckedChange={setKeepsName}>
        Keep my name beside my work (otherwise it says “Former member”)
      </Checkbox>
      <TextField
        label={`Type ${me.email} to confirm`}
        autoComplete="off"
        required
        value={typed}
        onValueChange={setTyped}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="danger" busy={close.isPending} disabled={email !== me.email}>
          Close account
        </Button>
      </div>
    </form>
  );
}

const Names = ({ of }: { of: readonly { id: string; name: string }[] }) => (
  <ul className="mt-1 grid gap-0.5 font-medium">
    {of.map(({ id, name }) => (
      <li key={id} className="truncate">
        {name}
      </li>
    ))}
  </ul>
);
