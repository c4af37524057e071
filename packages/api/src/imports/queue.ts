/**
 * Brings every started import to its end, through pg-boss on the same Postgres.
 *
 * The rows of `imports` are the truth and the queue is how they are shared among workers: each
 * worker asks every half minute whether one is unfinished and sends it again, which changes nothing
 * while it is queued or running (policy `exclusive`, keyed by the import). So nothing is lost when a
 * worker dies between noting an import and queueing it, or when the queue's own tries are used up.
 *
 * pg-boss is started only when there is something to do: it costs 0.5 s the first time, to make its
 * tables, 0.1 s later, and two connections; most servers import a few times in their life.
 */
import type { PgBoss } from "pg-boss";
import type { Services } from "../core/context.ts";
import { unfinishedImports } from "./queries.ts";
import { runImport } from "./run-import.ts";

const QUEUE = "imports";
const LOOK_EVERY_MS = 30_000;

const RULES = {
  policy: "exclusive",
  // A worker that is gone is noticed by its missing heartbeat.
  heartbeatSeconds: 15,
  expireInSeconds: 3_600,
  // How often an import may be begun is counted on its row; this only spaces the tries.
  retryLimit: 20,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  deleteAfterSeconds: 3_600,
} as const;

export type ImportQueue = { enqueue(importId: string): Promise<void>; stop(): Promise<void> };

type Options = { databaseUrl: string; services: Services };

export function createImportQueue({ databaseUrl, services }: Options): ImportQueue {
  const stopping = new AbortController();
  const warn = (err: unknown, message: string) => services.config.log.warn({ err }, message);
  let started: Promise<PgBoss> | null = null;

  async function start(): Promise<PgBoss> {
    const { PgBoss } = await import("pg-boss");
    const boss = new PgBoss({
      connectionString: databaseUrl,
      application_name: "guildhall-jobs",
      max: 2,
      schedule: false,
      superviseIntervalSeconds: 10,
      monitorIntervalSeconds: 10,
    });
    boss.on("error", (error) => warn(error, "The queue of imports met an error."));
    await boss.start();
    await boss.createQueue(QUEUE, RULES);
    await boss.work<{ importId: string }>(QUEUE, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
      if (job) await runImport(services, job.data.importId, stopping.signal);
    });
    return boss;
  }

  async function send(ids: string[]) {
    if (ids.length === 0 || stopping.signal.aborted) return;
    started ??= start();
    const boss = await started.catch((error) => {
      started = null; // The next one tries again.
      throw error;
    });
    for (const importId of ids) await boss.send(QUEUE, { importId }, { singletonKey: importId });
  }

  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    looking = unfinishedImports(services.db)
      .then(send)
      .catch((error) => warn(error, "Unfinished imports could not be looked for."));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  look();

  return {
    // The import is noted already: when this fails it begins half a minute later.
    enqueue: (importId) =>
      send([importId]).catch((error) => warn(error, "An import waits for the queue.")),
    async stop() {
      clearInterval(timer);
      stopping.abort(new Error("The server stops; this goes on when it is back."));
      await looking;
      // One that could not start has said so where it was asked for, and needs no stopping.
      const boss = await started?.catch(() => null);
      await boss?.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
