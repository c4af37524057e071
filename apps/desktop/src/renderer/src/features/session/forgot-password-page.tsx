import { ForgotPasswordForm } from "@/features/auth/forgot-password-form.tsx";
import { addresses } from "@/routes/addresses.ts";
import { errorWords } from "@/sync/error-words.ts";
import { trpc } from "@/sync/trpc.ts";

export function ForgotPasswordPage() {
  const forgot = trpc.auth.forgotPassword.useMutation();
  return (
    <ForgotPasswordForm
      onSubmit={(values) => forgot.mutate(values)}
      busy={forgot.isPending}
      problem={
        forgot.error && { title: "Couldn't send the link", detail: errorWords(forgot.error) }
      }
      sentTo={forgot.isSuccess ? forgot.variables.email : null}
      signInHref={addresses.signIn()}
    />
  );
}
