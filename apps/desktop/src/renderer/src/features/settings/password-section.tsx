import { type FormEvent, useState } from "react";
import { PasswordHints } from "@/features/auth/password-hints.tsx";
import { passwordProblem } from "@/features/auth/password-rules.ts";
import { errorReason, errorWords } from "@/sync/error-words.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { PasswordField } from "@/ui/password-field.tsx";
import { Section } from "@/ui/section.tsx";
import { notify } from "@/ui/toast.ts";

export function PasswordSection() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [wasTried, setTried] = useState(false);
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: () => {
      setCurrent("");
      setNext("");
      setTried(false);
      notify({
        title: "Password changed",
        description: "You've been signed out everywhere else.",
      });
    },
  });
  const isWrong = errorReason(change.error) === "wrong_password";

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!passwordProblem(next)) change.mutate({ currentPassword: current, newPassword: next });
  }

  return (
    <Section title="Password" lead="Changing it signs you out everywhere else.">
      <form onSubmit={submit} className="grid max-w-[360px] gap-4">
        {change.error && !isWrong && (
          <ErrorNotice title="Couldn't change the password">{errorWords(change.error)}</ErrorNotice>
        )}
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          required
          value={current}
          onValueChange={(typed) => {
            setCurrent(typed);
            if (change.error) change.reset();
          }}
          error={isWrong ? "This isn't your current password." : null}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          value={next}
          onValueChange={setNext}
          error={wasTried ? passwordProblem(next) : null}
          hint={<PasswordHints password={next} />}
        />
        <div>
          <Button
            type="submit"
            variant="primary"
            busy={change.isPending}
            disabled={!current || !next}
          >
            Change password
          </Button>
        </div>
      </form>
    </Section>
  );
}
