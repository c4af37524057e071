import { KeyRound } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { PasswordField } from "@/ui/controls/password-field.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { AuthError, type AuthProblem } from "./auth-error.tsx";
import { EmailField } from "./email-field.tsx";
import { usePasskeyAutofill } from "./use-passkey-sign-in.ts";

type Props = {
  onSubmit: (values: { email: string; password: string }) => void;
  busy?: boolean;
  problem?: AuthProblem | null;
  /** The field is there into which the browser may fill a passkey: not before, or it refuses. */
  onShown: () => void;
  /** Absent where this browser has no passkeys. */
  onPasskey?: (() => void) | undefined;
  isPasskeyBusy?: boolean;
  forgotHref: string;
  /** Null where one joins by invitation only; absent while that is not known. */
  signUpHref?: string | null;
  /** Above the form: why a sign-in elsewhere failed. */
  notice?: ReactNode;
  /** Below it: the other ways in. */
  otherWays?: ReactNode;
};

export function SignInForm(props: Props) {
  const { onSubmit, busy, problem, onShown, onPasskey, isPasskeyBusy, forgotHref, signUpHref } =
    props;
  const { notice, otherWays } = props;
  usePasskeyAutofill({ offer: onShown });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit({ email: email.trim(), password });
  }

  return (
    <AuthFrame
      title="Sign in to Guildhall"
      footer={
        signUpHref ? (
          <>
            New here?{" "}
            <Link href={signUpHref} className={textLinkClass}>
              Create an account
            </Link>
          </>
        ) : (
          signUpHref === null && "To join, ask a workspace owner for an invitation."
        )
      }
    >
      {!problem && notice}
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        <EmailField
          autoFocus
          autoComplete="username webauthn"
          value={email}
          onValueChange={setEmail}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onValueChange={setPassword}
          aside={
            <Link href={forgotHref} className={textLinkClass}>
              Forgot password?
            </Link>
          }
        />
        <Button type="submit" variant="primary" size="large" wide busy={busy}>
          Sign in
        </Button>
        {onPasskey && (
          <Button
            size="large"
            wide
            icon={<KeyRound size={16} />}
            busy={isPasskeyBusy}
            onClick={onPasskey}
          >
            Use a passkey
          </Button>
        )}
      </form>
      {otherWays}
    </AuthFrame>
  );
}
