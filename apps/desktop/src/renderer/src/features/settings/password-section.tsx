import { type FormEvent, useState } from "react";
import { PasswordHints } from "@/entities/session/password-hints.tsx";
import { passwordProblem } from "@/entities/session/password-rules.ts";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { PasswordField } from "@/ui/controls/password-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";

type NewPassword = { newPassword: string; revokeTokens: boolean };

export function PasswordSection() {
  const [next, setNext] = useState("");
  const [wasTried, setTried] = useState(false);
  const [revokesTokens, setRevokesTokens] = useState(false);
  const cache = trpc.useUtils();
  const { data: tokens } = trpc.tokens.list.useQuery(undefined, { staleTime: 0 });
  const change = useConfirmed(
    (client, input: NewPassword) => client.auth.changePassword.mutate(input),
    {
      onSuccess: (_, { revokeTokens }) => {
        setNext("");
        setTried(false);
        setRevokesTokens(false);
        void cache.tokens.list.invalidate();
        notify({
          title: "Password changed",
          description: revokeTokens
            ? "You've been signed out everywhere else, and your access tokens are revoked."
            : "You've been signed out everywhere else.",
        });
      },
    },
  );
  const count = tokens?.length ?? 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (passwordProblem(next)) return;
    const revokeTokens = revokesTokens && count > 0;
    change.mutate({ newPassword: next, revokeTokens });
  }

  return (
    <Section title="Password" lead="Changing it signs you out everywhere else.">
      <form onSubmit={submit} className="grid max-w-[360px] gap-4">
        {change.error && (
          <ErrorNotice title="Couldn't change the password">
            {formatError(change.error)}
          </ErrorNotice>
        )}
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          value={next}
          onValueChange={setNext}
          error={wasTried ? passwordProblem(next) : null}
          hint={<PasswordHints password={next} />}
        />
        {count > 0 && (
          <Checkbox checked={revokesTokens} onCheckedChange={setRevokesTokens}>
            {count === 1 ? "Also revoke my access token" : `Also revoke my ${count} access tokens`}
          </Checkbox>
        )}
        <div>
          <Button type="submit" variant="primary" busy={change.isPending} disabled={!next}>
            Change password
          </Button>
        </div>
      </form>
    </Section>
  );
}
