import { type FormEvent, type ReactNode, useId, useState } from "react";
import { uuidv7 } from "uuidv7";
import { MyInvitations } from "@/entities/invitations/my-invitations.tsx";
import { useMyInvitations } from "@/entities/invitations/use-my-invitations.ts";
import { ConfirmAddress } from "@/entities/session/confirm-address.tsx";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { StepsFrame } from "./steps-frame.tsx";

type Props = {
  onMade: (workspace: { id: string; name: string }) => void;
  /** Nobody is anywhere yet: then this is a welcome, and there may be an invitation to wait for. */
  isFirst: boolean;
  back: ReactNode;
  onImport: () => void;
};

export function NameWorkspace({ onMade, isFirst, back, onImport }: Props) {
  const me = useMe();
  const signOut = useSignOut();
  const [id] = useState(uuidv7);
  const [name, setName] = useState("");
  const mine = useMyInvitations();
  const emailState = trpc.auth.emailState.useQuery(undefined, { staleTime: 0 });
  const invitedId = useId();
  const cache = trpc.useUtils();
  const create = trpc.workspaces.create.useMutation({
    onSuccess: (made) => {
      // The feed tells of open workspaces only, and this one is not open yet.
      cache.workspaces.list.setData(undefined, (list) => [...(list ?? []), made]);
      onMade(made);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ id, name: name.trim() });
  }

  return (
    <StepsFrame
      step={1}
      title={isFirst ? `Welcome, ${me.name}` : "New workspace"}
      lead="A workspace holds your team's members, projects and documents."
      footer={
        back || (
          <>
            Waiting for an invitation? One sent to {me.email} shows up here
            {emailState.data?.isConfirmed ? "" : " once you've confirmed your address"}. You can
            also{" "}
            <button type="button" className="underline underline-offset-2" onClick={signOut}>
              sign out
            </button>
            .
          </>
        )
      }
    >
      {mine.invitations.length > 0 && (
        <section aria-labelledby={invitedId} className="mb-6 grid gap-2">
          <h2 id={invitedId} className="font-semibold text-14">
            You're invited
          </h2>
          <MyInvitations {...mine} />
          <p className="mt-2 text-13 text-muted">Or create a workspace of your own:</p>
        </section>
      )}
      {isFirst && emailState.data?.isMailed && (
        <div className="mb-4">
          <ConfirmAddress />
        </div>
      )}
      <form onSubmit={submit} className="grid gap-4">
        {create.error && (
          <ErrorNotice title="Couldn't create the workspace">
            {formatError(create.error)}
          </ErrorNotice>
        )}
        <TextField
          label="Workspace name"
          size="large"
          required
          autoFocus
          maxLength={100}
          placeholder="Your team or company"
          value={name}
          onValueChange={setName}
        />
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          busy={create.isPending}
          disabled={!name.trim()}
        >
          Create workspace
        </Button>
        <Button size="large" wide onClick={onImport}>
          Import a workspace
        </Button>
      </form>
    </StepsFrame>
  );
}
