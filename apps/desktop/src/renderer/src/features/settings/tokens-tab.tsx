import { KeyRound } from "lucide-react";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { ApiSnippet } from "./api-snippet.tsx";
import { NewToken } from "./new-token.tsx";

export function TokensTab() {
  return (
    <>
      <NewToken />
      <TokenList />
      <ApiSnippet />
    </>
  );
}

function TokenList() {
  const cache = trpc.useUtils();
  const { data, error, refetch } = trpc.tokens.list.useQuery(undefined, { staleTime: 0 });
  const revoke = trpc.tokens.revoke.useMutation({
    onSuccess: ({ id }) => {
      cache.tokens.list.setData(undefined, (list) => list?.filter((each) => each.id !== id));
      notify({ title: "Token revoked", description: "It no longer works." });
    },
    onError: reportFailure("Couldn't revoke the token"),
  });

  if (error && !data) {
    return (
      <div className="py-4">
        <ErrorNotice title="Couldn't load your tokens" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      </div>
    );
  }
  if (!data || data.length === 0) return null;
  return (
    <Section title="Your tokens">
      <Rows label="Access tokens">
        {data.map(({ id, name, scope, expiresAt, lastUsedAt }) => (
          <li key={id} className="flex min-h-14 items-center gap-3 px-3 py-2">
            <KeyRound size={16} className="shrink-0 text-muted" aria-hidden="true" />
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2">
                <span className="truncate font-medium">{name}</span>
                <Badge>{scope === "read" ? "Read only" : "Read and write"}</Badge>
                {expiresAt < new Date() && <Badge tone="warning">Expired</Badge>}
              </p>
              <p className="text-12 text-muted">
                {expiresAt < new Date() ? "Expired" : "Expires"} <RelativeTime at={expiresAt} />,{" "}
                {lastUsedAt ? (
                  <>
                    last used <RelativeTime at={lastUsedAt} />
                  </>
                ) : (
                  "never used"
                )}
              </p>
            </div>
            <Button
              variant="ghost"
              busy={revoke.isPending && revoke.variables.id === id}
              onClick={() => revoke.mutate({ id })}
              aria-label={`Revoke ${name}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </Rows>
    </Section>
  );
}
