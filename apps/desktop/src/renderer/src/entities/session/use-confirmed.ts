import { useMutation } from "@tanstack/react-query";
import { createObservable } from "@/lib/observable.ts";
import { errorReason, PageRefusal } from "@/sync/format-error.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

/** Somebody waits for a proof of who is at the keyboard (confirmation-dialog.tsx); null: nobody does. */
export const confirmationAsked = createObservable<((isConfirmed: boolean) => void) | null>(null);

const ask = () =>
  new Promise<boolean>((resolve) =>
    confirmationAsked.set((isConfirmed) => {
      confirmationAsked.set(null);
      resolve(isConfirmed);
    }),
  );

async function confirmed<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (errorReason(error) !== "confirmation_needed") throw error;
    if (await ask()) return act();
    throw new PageRefusal("Nothing was changed, as you didn't confirm that it's you.");
  }
}

type Client = SyncClient["connection"]["client"];
type On<O, I> = { onSuccess?: (answer: O, input: I) => void; onError?: (error: unknown) => void };

/** What the server does only for who has just proved that it is them: asks for that, and then goes on. */
export function useConfirmed<O, I = void>(
  act: (client: Client, input: I) => Promise<O>,
  { onSuccess, onError }: On<O, I> = {},
) {
  const { client } = useSyncClient().connection;
  return useMutation<O, Error, I>({
    mutationFn: (input: I) => confirmed(() => act(client, input)),
    // What is answered may be secret: it stays no longer than it is shown.
    gcTime: 0,
    ...(onSuccess && { onSuccess: (answer: O, input: I) => onSuccess(answer, input) }),
    ...(onError && { onError: (error: unknown) => onError(error) }),
  });
}
