import { use, useState } from "react";
import { uuidv7 } from "uuidv7";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { ResetPasswordForm } from "./reset-password-form.tsx";

export function ResetPasswordPage({ token }: { token: string }) {
  const navigate = use(NavigateContext);
  // The link works once: a second try after a lost answer must be known as the same one.
  const [mutationId] = useState(uuidv7);
  const reset = trpc.auth.resetPassword.useMutation({
    onSuccess: () => {
      notify({ title: "Password changed", description: "Sign in with your new password." });
      navigate?.(paths.signIn());
    },
  });
  const isExpired = !token || errorReason(reset.error) === "link_expired";
  return (
    <ResetPasswordForm
      onSubmit={({ password }) => reset.mutate({ token, password, mutationId })}
      busy={reset.isPending}
      problem={
        reset.error && { title: "Couldn't change the password", detail: formatError(reset.error) }
      }
      linkExpired={isExpired}
      forgotHref={paths.forgotPassword()}
    />
  );
}
