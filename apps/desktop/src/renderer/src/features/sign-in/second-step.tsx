import type { RouterOutputs } from "@guildhall/api/client";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { SecondStepForm, type Way } from "./second-step-form.tsx";
import { usePasskeySignIn } from "./use-passkey-sign-in.ts";

type Pending = NonNullable<RouterOutputs["auth"]["login"]["pending"]>;
type Props = {
  pending: Pending;
  onSignedIn: (answer: RouterOutputs["auth"]["finishSignIn"]) => void;
  onStartOver: () => void;
};

export default function SecondStep({ pending, onSignedIn, onStartOver }: Props) {
  const { ticket, hasApp, hasPasskey, hasRecoveryCodes } = pending;
  const finish = trpc.auth.finishSignIn.useMutation({ onSuccess: onSignedIn });
  const ways: Way[] = [
    ...(hasApp ? ["app" as const] : []),
    ...(hasRecoveryCodes ? ["recovery" as const] : []),
  ];
  const passkey = usePasskeySignIn(onSignedIn, ticket);
  const problem = finish.error ?? passkey.error;
  return (
    <SecondStepForm
      onPasskey={hasPasskey && passkey.isPossible ? passkey.show : undefined}
      isPasskeyBusy={passkey.isPending}
      ways={ways}
      onSubmit={(way, typed) =>
        finish.mutate({
          pending: ticket,
          ...(way === "app" ? { appCode: typed } : { recoveryCode: typed }),
        })
      }
      busy={finish.isPending}
      problem={problem && problemOf(problem)}
      onTyping={() => finish.error && finish.reset()}
      onStartOver={onStartOver}
    />
  );
}

const problemOf = (error: unknown) => ({
  title: errorReason(error) === "wrong_code" ? "That code didn't work" : "Couldn't sign you in",
  detail: formatError(error),
});
