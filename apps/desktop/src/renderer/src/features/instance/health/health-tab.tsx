import type { RouterOutputs } from "@guildhall/api/client";
import { CircleAlert, CircleCheck, RotateCw } from "lucide-react";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatBytes, formatCount } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { FailingJobs } from "./failing-jobs.tsx";

type Parts = RouterOutputs["instance"]["health"]["parts"];

const partNames = {
  database: "Database",
  bus: "Redis",
  store: "File storage",
  search: "Search",
  jobs: "Background jobs",
} satisfies Record<keyof Parts, string>;
const parts = Object.keys(partNames) as (keyof Parts)[];

export function HealthTab() {
  const { data, error, refetch, isFetching } = trpc.instance.health.useQuery(undefined, {
    staleTime: 0,
  });
  return (
    <>
      <Section
        title="Parts of this server"
        lead={data ? `Asked just now, each for up to 2 seconds. Node.js ${data.node}.` : undefined}
        command={
          <Button icon={<RotateCw size={13} />} busy={isFetching} onClick={() => refetch()}>
            Refresh
          </Button>
        }
      >
        {error && <ErrorNotice title="Couldn't check the server">{formatError(error)}</ErrorNotice>}
        {!data && !error && <Skeleton width="100%" height={224} />}
        {data && (
          <Rows label="Parts of this server">
            {parts.map((part) => (
              <Part key={part} name={partNames[part]} health={data.parts[part]} />
            ))}
          </Rows>
        )}
      </Section>
      <FailingJobs />
      <LastBackup backup={data?.lastBackup} />
      <TryMail />
    </>
  );
}

type Backup = RouterOutputs["instance"]["health"]["lastBackup"];

/** What the command noted; undefined: not known yet. */
function LastBackup({ backup }: { backup: Backup | undefined }) {
  return (
    <Section title="Last backup" lead="Made by the operator with npm run backup.">
      {backup && (
        <p className="text-13">
          <RelativeTime at={backup.at} />: {formatBytes(backup.bytes)},{" "}
          {formatCount(backup.rows, "row")} and {formatCount(backup.files, "file")}.
        </p>
      )}
      {backup === null && (
        <p className="text-13">
          Never, as far as the audit log goes back. Run <code>npm run backup -- file</code> on the
          server, and keep the file somewhere else.
        </p>
      )}
      {backup === undefined && <Skeleton width="50%" height={16} />}
    </Section>
  );
}

function Part({ name, health }: { name: string; health: Parts[keyof Parts] }) {
  return (
    <li className="flex min-h-12 items-start gap-3 px-3 py-2.5">
      {health.isUp ? (
        <CircleCheck size={16} className="mt-px shrink-0 text-success-ink" aria-hidden="true" />
      ) : (
        <CircleAlert size={16} className="mt-px shrink-0 text-danger-ink" aria-hidden="true" />
      )}
      <div className="min-w-0 flex-1">
        <p className="text-13">
          <span className="font-medium">{name}</span>{" "}
          <span className={health.isUp ? "text-muted" : "text-danger-ink"}>
            {health.isUp ? "is up" : "is down"}
          </span>
        </p>
        <p className="break-words text-12 text-muted">{health.says}</p>
      </div>
      <span className="shrink-0 text-12 text-muted tabular-nums">{health.tookMs} ms</span>
    </li>
  );
}

function TryMail() {
  const { mutate, data, isPending } = trpc.instance.tryMail.useMutation({
    onError: reportFailure("Couldn't send the test mail"),
  });
  const isLogged = data?.answer === "logged";
  return (
    <Section
      title="Mail"
      lead="Sends a mail to your own address and shows what the mail server answered."
      command={
        <Button busy={isPending} onClick={() => mutate({})}>
          Send a test mail
        </Button>
      }
    >
      <div role="status" className="text-13">
        {data?.isSent && <p>Sent to {data.to}. Check that it arrives.</p>}
        {isLogged && (
          <p>This server sends no mail: it was written to the log. Set SMTP_URL and restart.</p>
        )}
      </div>
      {data && !data.isSent && !isLogged && (
        <ErrorNotice title={`Couldn't send to ${data.to}`}>
          The mail server said: {data.answer}
        </ErrorNotice>
      )}
    </Section>
  );
}
