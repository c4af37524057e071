import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";

/** A quiet line, for as long as my address is not known to be mine. */
export function ConfirmAddress() {
  const me = useMe();
  const { data } = trpc.auth.emailState.useQuery(undefined, { staleTime: 0 });
  const send = trpc.auth.sendConfirmation.useMutation({
    onSuccess: ({ isMailed }) =>
      notify({
        title: isMailed
          ? "Confirmation link sent"
          : "Confirmation link written to the server's log",
      }),
    onError: (error) =>
      notify({
        title: "Couldn't send the link",
        description: formatError(error),
        tone: "failed",
      }),
  });
  if (!data || data.isConfirmed) return null;
  return (
    <p className="text-12 text-muted">
      {data.isMailed
        ? `Confirm your address to see invitations sent to it: open the link we sent to ${me.email}. `
        : "Your address isn't confirmed. This server doesn't send email: your administrator finds the link in its log. "}
      <button
        type="button"
        className="underline underline-offset-2"
        disabled={send.isPending}
        onClick={() => send.mutate({})}
      >
        Send again
      </button>
    </p>
  );
}
