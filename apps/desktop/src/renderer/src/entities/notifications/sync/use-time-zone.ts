import { useEffect } from "react";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";

const keyOf = (userId: string) => `time-zone.${userId}`;

/** The server knows where I am, so that reminders and mails come by my own clock: told once, and when it changes. */
export function useTimeZone() {
  const { id } = useMe();
  const { mutate } = trpc.notifications.setTimeZone.useMutation({
    onSuccess: (_, { timeZone }) => localStorage.setItem(keyOf(id), timeZone),
    // The next start says it again.
    onError: () => {},
  });
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (localStorage.getItem(keyOf(id)) !== timeZone) mutate({ timeZone });
  }, [id, mutate]);
}
