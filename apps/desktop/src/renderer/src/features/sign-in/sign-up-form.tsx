import { type FormEvent, type ReactNode, useState } from "react";
import { PasswordHints } from "@/entities/session/password-hints.tsx";
import { passwordProblem } from "@/entities/session/password-rules.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { PasswordField } from "@/ui/controls/password-field.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { AuthError, type AuthProblem } from "./auth-error.tsx";
import { EmailField } from "./email-field.tsx";

type Props = {
  onSubmit: (values: { name: string; email: string; password: string }) => void;
  busy?: boolean;
  problem?: AuthProblem | null;
  /** What the server said of one field, e.g. that the address is taken. */
  fieldErrors?: { email?: string; password?: string } | undefined;
  /** Null where nobody has an account yet. */
  signInHref: string | null;
  /** The workspace that one was invited to. */
  invitedTo?: string | undefined;
  /** The address that it has to be. */
  fixed?: { email: string; why: string } | undefined;
  /** Below the form: the other ways in. */
  otherWays?: ReactNode;
};

export function SignUpForm({
  onSubmit,
  busy,
  problem,
  fieldErrors,
  signInHref,
  invitedTo,
  fixed,
  otherWays,
}: Props) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState(fixed?.email ?? "");
  const [password, setPassword] = useState("");
  const [wasTried, setTried] = useState(false);
  const passwordError = wasTried ? passwordProblem(password) : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!passwordProblem(password)) onSubmit({ name: name.trim(), email: email.trim(), password });
  }

  return (
    <AuthFrame
      title={
        invitedTo
          ? `Join ${invitedTo}`
          : signInHref
            ? "Create your account"
            : "Create the first account"
      }
      footer={
        signInHref ? (
          <>
            Already have an account?{" "}
            <Link href={signInHref} className={textLinkClass}>
              Sign in
            </Link>
          </>
        ) : (
          "This server has no accounts yet. You can invite others once you're in."
        )
      }
    >
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        <TextField
          label="Your name"
          size="large"
          autoComplete="name"
          required
          autoFocus
          maxLength={100}
          value={name}
          onValueChange={setName}
        />
        <EmailField
          readOnly={Boolean(fixed)}
          hint={fixed?.why}
          error={fieldErrors?.email}
          value={email}
          onValueChange={setEmail}
        />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          required
          value={password}
          onValueChange={setPassword}
          error={passwordError ?? fieldErrors?.password}
          hint={<PasswordHints password={password} />}
        />
        <Button type="submit" variant="primary" size="large" wide busy={busy}>
          Create account
        </Button>
      </form>
      {otherWays}
    </AuthFrame>
  );
}
