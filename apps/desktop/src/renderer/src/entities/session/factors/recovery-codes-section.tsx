import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Section } from "@/ui/layout/section.tsx";

type Props = { left: number; onMade: (codes: readonly string[]) => void };

export function RecoveryCodesSection({ left, onMade }: Props) {
  const cache = trpc.useUtils();
  const renew = useConfirmed((client) => client.factors.renewRecoveryCodes.mutate({}), {
    onSuccess: ({ recoveryCodes }) => {
      void cache.factors.list.invalidate();
      onMade(recoveryCodes);
    },
    onError: reportFailure("Couldn't make new recovery codes"),
  });
  const count = left === 1 ? "1 unused code is left" : `${left} unused codes are left`;
  return (
    <Section
      title="Recovery codes"
      lead={`For when you can't use your other factors. ${count}.`}
      command={
        <Button busy={renew.isPending} onClick={() => renew.mutate()}>
          Make new codes
        </Button>
      }
    />
  );
}
