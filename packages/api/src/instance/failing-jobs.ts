/** What failed in the background, for who administers the server, and trying it again. */
import type { Queryable } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext, Services } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { requireAdministrator } from "../core/rights/administrators.ts";

/** Shown, and tried again together. */
const MOST = 100;

export type FailingJob = {
  queue: string;
  /** What it is about, by id. */
  id: string;
  error: string;
  failedAt: Date;
  tries: number;
  /** Null: its tries are used up; it is found again within half a minute. */
  nextTryAt: Date | null;
};

type AsRead = Omit<FailingJob, "failedAt" | "nextTryAt"> & {
  failedAt: string;
  nextTryAt: string | null;
};

/** The queue makes its tables when there is first something to do. */
export async function isQueueThere(q: Queryable): Promise<boolean> {
  const [table] = await q.execute<{ name: string | null }>(
    sql`select to_regclass('pgboss.job')::text as name`,
  );
  return Boolean(table?.name);
}

/** The newest failure of each thing, unless it was done since or is under way. */
export async function listFailingJobs(q: Queryable): Promise<FailingJob[]> {
  if (!(await isQueueThere(q))) return [];
  const rows = await q.execute<AsRead>(sql`
    select * from (
      select distinct on (j.name, j.singleton_key) j.name as queue, j.singleton_key as id,
        left(coalesce(j.output ->> 'message', j.output ->> 'value', j.output::text, ''), 500) as error,
        coalesce(j.completed_on, j.started_on, j.created_on) as "failedAt",
        j.retry_count + 1 as tries,
        case when j.state = 'retry' then j.start_after end as "nextTryAt"
      from pgboss.job j
      where j.state in ('retry', 'failed') and j.singleton_key is not null
        and not exists (select from pgboss.job later where later.name = j.name
          and later.singleton_key = j.singleton_key and later.state in ('active', 'completed')
          and later.created_on >= j.created_on)
      order by j.name, j.singleton_key, j.created_on desc) newest
    order by "failedAt" desc limit ${MOST}`);
  return rows.map(({ failedAt, nextTryAt, ...row }) => ({
    ...row,
    failedAt: new Date(failedAt),
    nextTryAt: nextTryAt === null ? null : new Date(nextTryAt),
  }));
}

/** One, or all of them; answers how many. */
export async function retryJobs(
  ctx: MutationContext,
  { only }: { only?: { queue: string; id: string } | undefined },
) {
  const { db } = ctx.services;
  await requireAdministrator(db, ctx.actor.user.id);
  const failing = await listFailingJobs(db);
  const asked = only
    ? failing.filter(({ queue, id }) => queue === only.queue && id === only.id)
    : failing;
  if (only && asked.length === 0) throw notFound("job");
  for (const job of asked) await retryOne(ctx.services, job);
  await recordAudit(db, ctx, {
    action: "instance.jobsRetried",
    after: { jobs: asked.length, queues: [...new Set(asked.map(({ queue }) => queue))] },
  });
  return { retried: asked.length };
}

async function retryOne({ db, retryJob }: Services, { queue, id }: FailingJob) {
  await retryJob(queue, id);
  // What it said then is over: it says it again if it fails again.
  await db.execute(sql`delete from pgboss.job
    where name = ${queue} and singleton_key = ${id} and state = 'failed'`);
}
