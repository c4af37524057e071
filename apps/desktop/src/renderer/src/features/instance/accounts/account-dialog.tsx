import { useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { type Asked, accountCommands } from "./account-commands.ts";

type Props = { asked: Asked | null; onClose: () => void };

/** Says what ends and what stays, and does it. */
export function AccountDialog({ asked, onClose }: Props) {
  const cache = trpc.useUtils();
  // While it closes it still shows what was asked.
  const [last, setLast] = useState(asked);
  if (asked && asked !== last) setLast(asked);
  const { mutate, isPending } = useConfirmed(
    (client, { account, command }: Asked) => accountCommands[command].run(client, account.id),
    {
      onSuccess(description, { account, command }) {
        notify({
          title: accountCommands[command].done(account.name),
          ...(description && { description }),
        });
        void cache.instance.accounts.invalidate();
        void cache.instance.access.invalidate();
        onClose();
      },
      onError(error) {
        reportFailure(`Couldn't change ${last?.account.name ?? "the account"}`)(error);
        onClose();
      },
    },
  );
  if (!last) return null;
  const { ask, confirm, ends, stays, isDanger } = accountCommands[last.command];
  return (
    <AlertDialog
      open={asked !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={ask(last.account.name)}
      confirmLabel={confirm}
      isHarmless={!isDanger}
      busy={isPending}
      onConfirm={() => mutate(last)}
    >
      <p>{ends}</p>
      <p className="mt-2">{stays}</p>
    </AlertDialog>
  );
}
