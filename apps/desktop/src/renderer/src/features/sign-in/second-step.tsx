import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import { useMutation } from "@tanstack/react-query";
import { hasPasskeys, showPasskey } from "@/entities/session/passkey.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { SecondStepForm, type Way } from "./second-step-form.tsx";

export type Shown = RouterInputs["providers"]["finishLink"];
type Pending = NonNullable<RouterOutputs["auth"]["login"]["pending"]>;
type Props = {
  pending: Pending;
  /** What the factor is for: a sign-in, or what else asked for the password. */
  finish: (shown: Shown) => Promise<void>;
  onStartOver: () => void;
};

export default function SecondStep({ pending, finish, onStartOver }: Props) {
  const { ticket, hasApp, hasPasskey, hasRecoveryCodes } = pending;
  const { client } = trpc.useUtils();
  const step = useMutation({
    mutationFn: async ({ way, typed }: { way: Way | "passkey"; typed: string }) => {
      if (way === "app") return finish({ pending: ticket, appCode: typed });
      if (way === "recovery") return finish({ pending: ticket, recoveryCode: typed });
      const passkey = await showPasskey(
        await client.auth.askForPasskey.mutate({ pending: ticket }),
      );
      // Else its person called it off.
      if (passkey) await finish({ pending: ticket, passkey });
    },
    gcTime: 0,
  });
  const ways: Way[] = [
    ...(hasApp ? ["app" as const] : []),
    ...(hasRecoveryCodes ? ["recovery" as const] : []),
  ];
  const isByPasskey = step.variables?.way === "passkey";
  return (
    <SecondStepForm
      onPasskey={
        hasPasskey && hasPasskeys() ? () => step.mutate({ way: "passkey", typed: "" }) : undefined
      }
      isPasskeyBusy={step.isPending && isByPasskey}
      ways={ways}
      onSubmit={(way, typed) => step.mutate({ way, typed })}
      busy={step.isPending && !isByPasskey}
      problem={step.error && problemOf(step.error)}
      onTyping={() => step.error && step.reset()}
      onStartOver={onStartOver}
    />
  );
}

const problemOf = (error: unknown) => ({
  title: errorReason(error) === "wrong_code" ? "That code didn't work" : "Couldn't sign you in",
  detail: formatError(error),
});
