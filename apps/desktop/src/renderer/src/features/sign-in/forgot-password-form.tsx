import { type FormEvent, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { AuthError, type AuthProblem } from "./auth-error.tsx";
import { EmailField } from "./email-field.tsx";

type Props = {
  onSubmit: (values: { email: string }) => void;
  busy?: boolean;
  problem?: AuthProblem | null;
  /** The address it was asked for: the same answer whether an account has it or not. */
  sentTo?: string | null;
  signInHref: string;
};

export function ForgotPasswordForm({ onSubmit, busy, problem, sentTo, signInHref }: Props) {
  const [email, setEmail] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit({ email: email.trim() });
  }

  const back = (
    <Link href={signInHref} className={textLinkClass}>
      Back to sign in
    </Link>
  );

  if (sentTo) {
    return (
      <AuthFrame title="Check your email" footer={back}>
        <p className="text-14 text-muted">
          If <span className="font-medium text-ink">{sentTo}</span> has an account, we've sent a
          link to reset its password. The link works once and expires in 30 minutes.
        </p>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Forgot your password?" footer={back}>
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        <EmailField
          autoFocus
          hint="We'll email you a link to reset it."
          value={email}
          onValueChange={setEmail}
        />
        <Button type="submit" variant="primary" size="large" wide busy={busy}>
          Send reset link
        </Button>
      </form>
    </AuthFrame>
  );
}
