import type { RouterOutputs } from "@guildhall/api/client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { canAutofillPasskeys, hasPasskeys, showPasskey } from "@/entities/session/passkey.ts";
import { errorReason } from "@/sync/format-error.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";

type Answer = RouterOutputs["auth"]["signInByPasskey"];

/** Instead of a password. */
export function usePasskeySignIn(onSignedIn: (answer: Answer) => unknown) {
  const { client } = trpc.useUtils();
  /** Answers false when its person called it off. */
  const signIn = useMutation({
    mutationFn: async ({ autofill }: { autofill: boolean }) => {
      const asked = await client.auth.askForPasskey.mutate({});
      const passkey = await showPasskey(asked, { autofill });
      if (!passkey) return null;
      const device = shownDevice();
      return client.auth.signInByPasskey.mutate({ passkey, device });
    },
    onSuccess: (answer) => (answer ? onSignedIn(answer) : undefined),
    gcTime: 0,
  });
  return {
    isPossible: hasPasskeys(),
    error: signIn.variables?.autofill && errorReason(signIn.error) === null ? null : signIn.error,
    isPending: signIn.isPending && !signIn.variables.autofill,
    reset: signIn.reset,
    show: () => signIn.mutate({ autofill: false }),
    offer: () => signIn.mutate({ autofill: true }),
  };
}

/** Passkeys among what the browser fills into the field of the address: only an offer. */
export function usePasskeyAutofill({ offer }: { offer: () => void }) {
  const begin = useEffectEvent(offer);
  useEffect(() => {
    let isHere = true;
    void canAutofillPasskeys().then((can) => can && isHere && begin());
    return () => {
      isHere = false;
    };
  }, []);
}
