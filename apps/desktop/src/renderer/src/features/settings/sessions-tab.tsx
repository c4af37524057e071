import type { RouterOutputs } from "@guildhall/api/client";
import { Monitor, Smartphone } from "lucide-react";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { deviceName, isPhone } from "@/ui/format/device-name.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

export function SessionsTab() {
  const cache = trpc.useUtils();
  const { data, error, refetch } = trpc.auth.sessions.useQuery(undefined, { staleTime: 0 });
  const keepOnly = (stays: (session: { id: string; current: boolean }) => boolean) =>
    cache.auth.sessions.setData(undefined, (list) => list?.filter(stays));
  const revoke = trpc.auth.revokeSession.useMutation({
    onSuccess: ({ id }) => keepOnly((session) => session.id !== id),
    onError: reportFailure("Couldn't end the session"),
  });
  const revokeOthers = trpc.auth.revokeOtherSessions.useMutation({
    onSuccess: ({ ended }) => {
      keepOnly((session) => session.current);
      notify({ title: ended === 1 ? "1 session ended" : `${ended} sessions ended` });
    },
    onError: reportFailure("Couldn't end the sessions"),
  });

  return (
    <Section
      title="Where you're signed in"
      lead="Ending a session takes effect immediately. Unsent changes on that device are sent when you sign in there again."
      command={
        data &&
        data.length > 1 && (
          <Button busy={revokeOthers.isPending} onClick={() => revokeOthers.mutate({})}>
            End all others
          </Button>
        )
      }
    >
      {error && !data && (
        <ErrorNotice title="Couldn't load your sessions" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {!data && !error && <Skeleton width="100%" height={56} />}
      {data && (
        <Rows label="Sessions">
          {data.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isEnding={revoke.isPending && revoke.variables.id === session.id}
              onEnd={() => revoke.mutate({ id: session.id })}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}

type Session = RouterOutputs["auth"]["sessions"][number];
type RowProps = { session: Session; isEnding: boolean; onEnd: () => void };

function SessionRow({ session, isEnding, onEnd }: RowProps) {
  const Icon = isPhone(session.userAgent) ? Smartphone : Monitor;
  const name = deviceName(session.userAgent);
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <Icon size={18} className="shrink-0 text-muted" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {session.current && <Badge tone="success">This device</Badge>}
        </p>
        <p className="truncate text-12 text-muted">
          {session.address && `${session.address}, `}signed in{" "}
          <RelativeTime at={session.createdAt} />
          {session.lastUsedAt && !session.current && (
            <>
              , last used <RelativeTime at={session.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      {!session.current && (
        <Button variant="ghost" busy={isEnding} onClick={onEnd} aria-label={`End ${name}`}>
          End
        </Button>
      )}
    </li>
  );
}
