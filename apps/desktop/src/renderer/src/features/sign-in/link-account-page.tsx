import { type FormEvent, lazy, Suspense, useState } from "react";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { forgetShell } from "@/sync/storage/persist.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { PasswordField } from "@/ui/controls/password-field.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { AuthError } from "./auth-error.tsx";

const SecondStep = lazy(() => import("./second-step.tsx"));

/** Who came from a provider has an account here already: its password connects the two. */
export default function LinkAccountPage() {
  const { data, error } = trpc.providers.pendingLink.useQuery(undefined, { retry: false });
  if (error) {
    return (
      <AuthFrame title="Couldn't connect your account" footer={<BackToSignIn />}>
        <p className="text-14 text-muted">{formatError(error)}</p>
      </AuthFrame>
    );
  }
  return data ? <LinkForm email={data.email} name={data.provider.name} /> : <StartingPage />;
}

function LinkForm({ email, name }: { email: string; name: string }) {
  const [password, setPassword] = useState("");
  const { client } = trpc.useUtils();
  const enter = async ({ returnTo }: { returnTo: string | null }) => {
    if (returnTo === null) return;
    await forgetShell();
    window.location.replace(returnTo);
  };
  const link = trpc.providers.link.useMutation({ onSuccess: enter });
  const isWrong = errorReason(link.error) === "wrong_password";

  function submit(event: FormEvent) {
    event.preventDefault();
    link.mutate({ password });
  }

  if (link.data?.pending) {
    return (
      <Suspense fallback={<StartingPage />}>
        <SecondStep
          pending={link.data.pending}
          finish={(shown) => client.providers.finishLink.mutate(shown).then(enter)}
          onStartOver={() => window.location.assign(paths.signIn())}
        />
      </Suspense>
    );
  }
  return (
    <AuthFrame title={`Connect ${name}`} footer={<BackToSignIn />}>
      <p className="mb-5 text-14 text-muted">
        <span className="font-medium text-ink">{email}</span> already has an account here. Enter its
        password once; from then on you can sign in with {name}.
      </p>
      <form onSubmit={submit} className="grid gap-4">
        <AuthError
          problem={
            link.error && !isWrong
              ? { title: "Couldn't connect your account", detail: formatError(link.error) }
              : null
          }
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onValueChange={(typed) => {
            setPassword(typed);
            if (isWrong) link.reset();
          }}
          error={isWrong ? "That isn't the password of this account." : null}
          aside={
            <Link href={paths.forgotPassword()} className={textLinkClass}>
              Forgot password?
            </Link>
          }
        />
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          busy={link.isPending || link.isSuccess}
        >
          Connect and sign in
        </Button>
      </form>
    </AuthFrame>
  );
}

const BackToSignIn = () => (
  <Link href={paths.signIn()} className={textLinkClass}>
    Back to sign in
  </Link>
);
