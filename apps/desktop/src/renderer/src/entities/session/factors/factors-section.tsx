import { Smartphone } from "lucide-react";
import { useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { FactorRow } from "./factor-row.tsx";
import { PasskeysSection } from "./passkeys-section.tsx";
import { RecoveryCodesDialog } from "./recovery-codes-dialog.tsx";
import { RecoveryCodesSection } from "./recovery-codes-section.tsx";
import { SetUpAppDialog } from "./set-up-app-dialog.tsx";

/** All second factors of mine; `onFirst`: when I have my first one and closed its recovery codes. */
export function FactorsSection({ onFirst }: { onFirst?: () => void }) {
  const cache = trpc.useUtils();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { data, error, refetch } = trpc.factors.list.useQuery(undefined, { staleTime: 0 });
  const changed = (answer: { recoveryCodes: string[] | null }) => {
    void cache.factors.list.invalidate();
    if (answer.recoveryCodes) setCodes(answer.recoveryCodes);
  };
  if (error && !data) {
    return (
      <ErrorNotice title="Couldn't load your second factors" onRetry={() => refetch()}>
        {formatError(error)}
      </ErrorNotice>
    );
  }
  if (!data) return <Skeleton width="100%" height={56} />;
  const hasAny = data.app !== null || data.passkeys.length > 0;
  return (
    <>
      <PasskeysSection passkeys={data.passkeys} onChanged={changed} />
      <AppSection app={data.app} onChanged={changed} />
      {hasAny && <RecoveryCodesSection left={data.recoveryCodesLeft} onMade={setCodes} />}
      {codes && (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            onFirst?.();
          }}
        />
      )}
    </>
  );
}

type AppProps = {
  app: { createdAt: Date; lastUsedAt: Date | null } | null;
  onChanged: (answer: { recoveryCodes: string[] | null }) => void;
};

function AppSection({ app, onChanged }: AppProps) {
  const begin = useConfirmed((client) => client.factors.beginApp.mutate({}), {
    onError: reportFailure("Couldn't set up an authenticator app"),
  });
  const remove = useConfirmed((client) => client.factors.removeApp.mutate({}), {
    onSuccess: (answer) => {
      onChanged(answer);
      notify({ title: "Authenticator app removed" });
    },
    onError: reportFailure("Couldn't remove the authenticator app"),
  });
  return (
    <Section
      title="Authenticator app"
      lead="An app on your phone shows a code that changes every 30 seconds. You enter it after your password."
      command={
        <Button busy={begin.isPending} onClick={() => begin.mutate()}>
          {app ? "Replace" : "Set up"}
          <span className="sr-only"> authenticator app</span>
        </Button>
      }
    >
      {app && (
        <Rows label="Authenticator app">
          <FactorRow
            icon={<Smartphone size={16} />}
            name="Authenticator app"
            {...app}
            onRemove={() => remove.mutate()}
            isRemoving={remove.isPending}
          />
        </Rows>
      )}
      {begin.data && (
        <SetUpAppDialog
          setup={begin.data}
          onClose={() => begin.reset()}
          onDone={(answer) => {
            begin.reset();
            onChanged(answer);
          }}
        />
      )}
    </Section>
  );
}
