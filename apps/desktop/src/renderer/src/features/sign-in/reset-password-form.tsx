import { type FormEvent, useState } from "react";
import { PasswordHints } from "@/entities/session/password-hints.tsx";
import { passwordProblem } from "@/entities/session/password-rules.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { PasswordField } from "@/ui/controls/password-field.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { AuthError, type AuthProblem } from "./auth-error.tsx";

type Props = {
  onSubmit: (values: { password: string }) => void;
  busy?: boolean;
  problem?: AuthProblem | null;
  /** Used already, or older than 30 minutes: only a new link helps. */
  linkExpired?: boolean;
  forgotHref: string;
};

export function ResetPasswordForm({ onSubmit, busy, problem, linkExpired, forgotHref }: Props) {
  const [password, setPassword] = useState("");
  const [wasTried, setTried] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!passwordProblem(password)) onSubmit({ password });
  }

  if (linkExpired) {
    return (
      <AuthFrame title="This link no longer works">
        <p className="text-14 text-muted">
          A reset link works once and expires after 30 minutes. Your password hasn't changed.{" "}
          <Link href={forgotHref} className={textLinkClass}>
            Send a new link
          </Link>
        </p>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Choose a new password">
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          autoFocus
          value={password}
          onValueChange={setPassword}
          error={wasTried ? passwordProblem(password) : null}
          hint={<PasswordHints password={password} />}
        />
        <Button type="submit" variant="primary" size="large" wide busy={busy}>
          Save new password
        </Button>
        <p className="text-12 text-muted">You'll be signed out everywhere else.</p>
      </form>
    </AuthFrame>
  );
}
