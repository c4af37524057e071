import type { RouterOutputs } from "@guildhall/api/client";
import { RotateCw } from "lucide-react";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { queueNames } from "./queue-names.ts";

type Job = RouterOutputs["instance"]["failingJobs"][number];
/** It is asked again while it is open: tries end by themselves. */
const LOOK_EVERY_MS = 5_000;

/** What failed in the background and is not done since; it is also tried again by itself. */
export function FailingJobs() {
  const cache = trpc.useUtils();
  const { data, error, refetch } = trpc.instance.failingJobs.useQuery(undefined, {
    staleTime: 0,
    refetchInterval: LOOK_EVERY_MS,
  });
  const { mutate, isPending, variables } = trpc.instance.retryJobs.useMutation({
    onSuccess: ({ retried }) => notify({ title: `Trying ${formatCount(retried, "job")} again` }),
    onError: reportFailure("Couldn't try again"),
    onSettled: () => cache.instance.failingJobs.invalidate(),
  });
  const isAsked = ({ queue, id }: Job) =>
    isPending && variables.only?.queue === queue && variables.only.id === id;
  return (
    <Section
      title="Failed jobs"
      lead="Each is also tried again by itself, at longer and longer intervals."
      command={
        data &&
        data.length > 1 && (
          <Button
            icon={<RotateCw size={13} />}
            busy={isPending && !variables.only}
            onClick={() => mutate({})}
          >
            Try all again
          </Button>
        )
      }
    >
      {error && (
        <ErrorNotice title="Couldn't load the failed jobs" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {data?.length === 0 && <p className="text-13 text-muted">No failed jobs</p>}
      {data && data.length > 0 && (
        <Rows label="Failed jobs">
          {data.map((job) => (
            <JobRow
              key={`${job.queue} ${job.id}`}
              job={job}
              isBusy={isAsked(job)}
              onRetry={() => mutate({ only: { queue: job.queue, id: job.id } })}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}

type RowProps = { job: Job; isBusy: boolean; onRetry: () => void };

function JobRow({ job, isBusy, onRetry }: RowProps) {
  const { queue, id, error, failedAt, tries, nextTryAt } = job;
  const name = queueNames.get(queue) ?? queue;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-13">
          <span className="font-medium">{name}</span>{" "}
          <span className="text-12 text-muted [overflow-wrap:anywhere]">{id}</span>
        </p>
        <p className="text-12 text-danger-ink [overflow-wrap:anywhere]">
          {error || "It failed without a reason."}
        </p>
        <p className="text-12 text-muted">
          Failed <RelativeTime at={failedAt} />, after {formatCount(tries, "try", "tries")}
          {nextTryAt && (
            <>
              {"; next try "}
              <RelativeTime at={nextTryAt} />
            </>
          )}
        </p>
      </div>
      <Button size="small" busy={isBusy} aria-label={`Try again: ${name} ${id}`} onClick={onRetry}>
        Try again
      </Button>
    </li>
  );
}
