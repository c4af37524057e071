import { type FormEvent, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { Link } from "@/ui/link.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { AuthError, type AuthProblem } from "./auth-error.tsx";
import { AuthFrame, textLinkClass } from "./auth-frame.tsx";

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
      <AuthFrame title="Look into your mail" footer={back}>
        <p className="text-14 text-muted">
          If <span className="font-medium text-ink">{sentTo}</span> has an account, a link to choose
          a new password is on its way. It works once, within 30 minutes.
        </p>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Forgotten your password?" footer={back}>
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        <TextField
          label="Email"
          type="email"
          size="large"
          autoComplete="username"
          required
          autoFocus
          hint="We send a link to choose a new one."
          value={email}
          onValueChange={setEmail}
        />
        <Button type="submit" variant="primary" size="large" wide busy={busy}>
          Send the link
        </Button>
      </form>
    </AuthFrame>
  );
}
