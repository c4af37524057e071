import { type FormEvent, useState } from "react";
import { ProviderButtons } from "@/entities/session/providers/provider-buttons.tsx";
import { paths } from "@/lib/paths.ts";
import { platform } from "@/platform/platform.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { AuthError, type AuthProblem } from "./auth-error.tsx";
import type { AboutInvitation } from "./create-account.tsx";
import { EmailField } from "./email-field.tsx";

/**
 * Where the server sends mail, one signs up by a link: first only the address is asked for. What is said
 * then is the same for every address, as nobody but its owner learns whether it has an account.
 */
export default function SignUpByMail({ invitation, invited }: AboutInvitation) {
  const [email, setEmail] = useState(invited?.email ?? "");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const request = trpc.auth.requestSignUp.useMutation({
    onSuccess: (answer) => {
      if (sentTo) notify({ title: "Link sent again" });
      setSentTo(answer.sentTo);
    },
  });
  const send = () => request.mutate({ email: email.trim(), invitation: invitation ?? undefined });
  const problem = request.error && {
    title: "Couldn't send the link",
    detail: formatError(request.error),
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    send();
  }

  if (sentTo) {
    return (
      <LinkSent
        to={sentTo}
        problem={problem}
        busy={request.isPending}
        onAgain={send}
        onOther={() => {
          setSentTo(null);
          request.reset();
        }}
      />
    );
  }
  return (
    <AuthFrame
      title={invited ? `Join ${invited.workspaceName}` : "Create your account"}
      footer={
        <>
          Already have an account?{" "}
          <Link href={paths.signIn(invitation)} className={textLinkClass}>
            Sign in
          </Link>
        </>
      }
    >
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        <EmailField
          autoFocus
          autoComplete="email"
          readOnly={Boolean(invited?.email)}
          hint={
            invited?.email
              ? "Your invitation is for this address. We'll email a link to it."
              : "We'll email you a link to continue."
          }
          value={email}
          onValueChange={setEmail}
        />
        <Button type="submit" variant="primary" size="large" wide busy={request.isPending}>
          Continue
        </Button>
      </form>
      <ProviderButtons to={invitation ? paths.join(invitation) : paths.home()} />
    </AuthFrame>
  );
}

type SentProps = {
  to: string;
  problem: AuthProblem | null;
  busy: boolean;
  onAgain: () => void;
  onOther: () => void;
};

function LinkSent({ to, problem, busy, onAgain, onOther }: SentProps) {
  return (
    <AuthFrame
      title="Check your email"
      footer={
        <button type="button" className={textLinkClass} onClick={onOther}>
          Use another address
        </button>
      }
    >
      <div className="grid gap-4">
        <AuthError problem={problem} />
        <div role="status" className="grid gap-3 text-14 text-muted">
          <p>
            We've sent a link to <span className="break-words font-medium text-ink">{to}</span>.
            Open it within 24 hours to create your account.
            {platform.kind !== "web" && " It opens in your browser; then sign in here."}
          </p>
          <p>Nothing there after a minute? Look in your spam folder, and check the address.</p>
        </div>
        <Button size="large" wide busy={busy} onClick={onAgain}>
          Send again
        </Button>
      </div>
    </AuthFrame>
  );
}
