import type { RouterOutputs } from "@guildhall/api/client";
import { useLocation } from "@tanstack/react-router";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { platform } from "@/platform/platform.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

type Mine = RouterOutputs["providers"]["mine"];

/** The identity providers by which I sign in; nothing where there are none. */
export default function ProvidersSection() {
  const { pathname, searchStr } = useLocation();
  const cache = trpc.useUtils();
  const { data: offered } = trpc.providers.list.useQuery();
  const { data: mine, error, refetch } = trpc.providers.mine.useQuery(undefined, { staleTime: 0 });
  const connect = useConfirmed(
    ({ providers }, to: { provider: string; to: string }) => providers.connect.mutate(to),
    {
      onSuccess: ({ url }) => window.location.assign(url),
      onError: reportFailure("Couldn't connect the provider"),
    },
  );
  const disconnect = useConfirmed(
    ({ providers }, which: { id: string }) => providers.disconnect.mutate(which),
    {
      onSuccess: () => {
        void cache.providers.mine.invalidate();
        notify({ title: "Provider disconnected" });
      },
      onError: reportFailure("Couldn't disconnect the provider"),
    },
  );
  if (error && !mine) {
    return (
      <ErrorNotice title="Couldn't load your sign-in methods" onRetry={() => refetch()}>
        {formatError(error)}
      </ErrorNotice>
    );
  }
  if (!offered || !mine || (offered.length === 0 && mine.identities.length === 0)) return null;
  const connected = new Set(mine.identities.map(({ provider }) => provider));
  const others = platform.kind === "web" ? offered.filter(({ id }) => !connected.has(id)) : [];
  return (
    <Section
      title="Sign-in providers"
      lead="Sign in with an account of your organization, instead of a password."
    >
      <Rows label="Sign-in providers">
        {mine.identities.map((identity) => (
          <Connected
            key={identity.id}
            identity={identity}
            busy={disconnect.isPending && disconnect.variables.id === identity.id}
            onDisconnect={() => disconnect.mutate({ id: identity.id })}
          />
        ))}
        {others.map(({ id, name }) => (
          <li key={id} className="flex min-h-14 items-center gap-3 px-3 py-2">
            <p className="min-w-0 flex-1 truncate font-medium">{name}</p>
            <Button
              busy={connect.isPending && connect.variables.provider === id}
              onClick={() => connect.mutate({ provider: id, to: pathname + searchStr })}
              aria-label={`Connect ${name}`}
            >
              Connect
            </Button>
          </li>
        ))}
      </Rows>
    </Section>
  );
}

type ConnectedProps = {
  identity: Mine["identities"][number];
  busy: boolean;
  onDisconnect: () => void;
};

function Connected({ identity, busy, onDisconnect }: ConnectedProps) {
  const name = identity.providerName ?? "Removed provider";
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-12 text-muted">
          {identity.email && `${identity.email}, `}
          {identity.lastUsedAt ? "last used " : "connected "}
          <RelativeTime at={identity.lastUsedAt ?? identity.createdAt} />
          {identity.providerName === null && ". It's gone from this server's settings."}
        </p>
      </div>
      <Button variant="ghost" busy={busy} onClick={onDisconnect} aria-label={`Disconnect ${name}`}>
        Disconnect
      </Button>
    </li>
  );
}
