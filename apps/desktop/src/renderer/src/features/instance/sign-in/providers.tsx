import type { RouterOutputs } from "@guildhall/api/client";
import { RotateCw } from "lucide-react";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { problemWords } from "./problem-words.ts";

type Provider = RouterOutputs["instance"]["providers"][number];

/** Identity providers, as the environment sets them: whether each answers, and who uses it. */
export function Providers() {
  const { data, error, refetch } = trpc.instance.providers.useQuery(undefined, { staleTime: 0 });
  return (
    <Section
      title="Identity providers"
      lead="Set by the environment (OIDC_PROVIDERS); each is asked now whether it answers."
    >
      {error && (
        <ErrorNotice title="Couldn't load the providers" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {!data && !error && <Skeleton width="100%" height={96} />}
      {data?.length === 0 && (
        <p className="text-13 text-muted">
          None yet: people sign in with a password or a passkey. How to set one up is in
          docs/sign-in.md.
        </p>
      )}
      {data && data.length > 0 && (
        <Rows label="Identity providers">
          {data.map((provider) => (
            <ProviderRow key={provider.id} provider={provider} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function ProviderRow({ provider }: { provider: Provider }) {
  const { id, name, issuer, domains, accounts, lastUsedAt, lastProblem, callback } = provider;
  return (
    <li className="grid gap-1 px-3 py-3 text-13">
      <ProviderState id={id} name={name} />
      <p className="text-12 text-muted [overflow-wrap:anywhere]">Issuer: {issuer}</p>
      <p className="text-12 text-muted">
        {formatCount(accounts, "connected account")}
        {lastUsedAt && (
          <>
            {" · last used "}
            <RelativeTime at={lastUsedAt} />
          </>
        )}
        {" · "}
        {accountsMade(domains)}
        {factorsShown(provider.secondFactor)}
      </p>
      {lastProblem && (
        <p className="text-12 text-muted">
          Last failed sign-in <RelativeTime at={lastProblem.at} />:{" "}
          {problemWords(lastProblem.reason)}
        </p>
      )}
      <div className="mt-1 max-w-[560px]">
        <CopyField label="Register this address with the provider" value={callback} />
      </div>
    </li>
  );
}

function accountsMade(domains: readonly string[]) {
  if (domains.length === 0) return "creates no accounts";
  if (domains.includes("*")) return "creates accounts for all verified addresses";
  return `creates accounts for ${domains.join(", ")}`;
}

function factorsShown(secondFactor: Provider["secondFactor"]) {
  if (secondFactor === false) return null;
  const when = secondFactor === true ? "" : ` when it says ${secondFactor.join(" or ")}`;
  return ` · its second factors count here${when}`;
}

function ProviderState({ id, name }: { id: string; name: string }) {
  const { data, isFetching, error, refetch } = trpc.instance.checkProvider.useQuery(
    { id },
    { staleTime: 0, retry: false },
  );
  const problem = error ? formatError(error) : data?.isUp === false ? data.says : null;
  return (
    <div className="grid gap-1" role="status">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{name}</span>
        {data && !error && (
          <Badge tone={data.isUp ? "success" : "danger"}>
            {data.isUp ? `Answers, ${data.tookMs} ms` : "Doesn't answer"}
          </Badge>
        )}
        <span className="ml-auto">
          <Button
            size="small"
            icon={<RotateCw size={12} />}
            busy={isFetching}
            aria-label={`Check again: ${name}`}
            onClick={() => refetch()}
          >
            Check again
          </Button>
        </span>
      </div>
      {problem && (
        <p className="text-12 text-danger-ink [overflow-wrap:anywhere]">
          {problem} People who use it can't sign in through it now; who is signed in stays so.
        </p>
      )}
    </div>
  );
}
