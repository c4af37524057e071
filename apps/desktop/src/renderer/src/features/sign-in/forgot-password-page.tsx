import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { ForgotPasswordForm } from "./forgot-password-form.tsx";

export function ForgotPasswordPage() {
  const forgot = trpc.auth.forgotPassword.useMutation();
  return (
    <ForgotPasswordForm
      onSubmit={(values) => forgot.mutate(values)}
      busy={forgot.isPending}
      problem={
        forgot.error && { title: "Couldn't send the link", detail: formatError(forgot.error) }
      }
      sentTo={forgot.isSuccess ? forgot.variables.email : null}
      signInHref={paths.signIn()}
    />
  );
}
