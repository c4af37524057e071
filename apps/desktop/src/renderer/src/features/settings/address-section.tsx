import { type FormEvent, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Section } from "@/ui/layout/section.tsx";

export function AddressSection() {
  const me = useMe();
  const cache = trpc.useUtils();
  const [typed, setTyped] = useState("");
  const { data: state } = trpc.auth.emailState.useQuery(undefined, { staleTime: 0 });
  const change = useConfirmed(
    ({ auth }, email: string) => auth.requestEmailChange.mutate({ email }),
    {
      onSuccess: () => {
        setTyped("");
        void cache.auth.emailState.invalidate();
      },
    },
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate(typed.trim());
  }

  return (
    <Section
      title="Email address"
      lead={`You sign in with ${me.email}. A new address counts once you open the link we send there.`}
    >
      <form onSubmit={submit} className="flex max-w-[440px] flex-wrap items-end gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label="New address"
            type="email"
            autoComplete="email"
            value={typed}
            onValueChange={(next) => {
              setTyped(next);
              if (change.error) change.reset();
            }}
            error={change.error && formatError(change.error)}
          />
        </div>
        <span className="[&>button]:h-8">
          <Button type="submit" busy={change.isPending} disabled={!typed.trim()}>
            Send link
          </Button>
        </span>
      </form>
      {state?.pendingEmail && (
        <p role="status" className="mt-3 text-13 text-muted">
          {state.isMailed
            ? `We sent a link to ${state.pendingEmail}. Open it within 24 hours on a device where you're signed in.`
            : `The link for ${state.pendingEmail} is in the server's log, as this server doesn't send email: ask your administrator.`}
        </p>
      )}
    </Section>
  );
}
