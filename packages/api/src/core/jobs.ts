/**
 * What is done in the background, through pg-boss on the same Postgres.
 *
 * Rows of ours are the truth of what there is to do, and the queue is how it is shared among workers:
 * each worker asks every half minute what is unfinished and sends it again, which changes nothing
 * while it is queued or running (policy `exclusive`, keyed by what it is about). So nothing is lost
 * when a worker dies between noting work and queueing it, or when the queue's own tries are used up.
 *
 * pg-boss is started only when there is something to do: it costs 0.5 s the first time, to make its
 * tables, 0.1 s later, and two connections.
 */
import type { PgBoss } from "pg-boss";

const LOOK_EVERY_MS = 30_000;

export type JobKind = {
  queue: string;
  /** How often a worker asks for the next one. */
  pollSeconds: number;
  /** How many it asks for at once, one unless said; while as many are there it goes on without a pause. */
  batch?: number;
  /**
   * So many are done side by side by a worker, and of one group one at a time, by whichever worker: a
   * long one holds up those of its own group only. Without it one is done after the other.
   */
  sideBySide?: { most: number; groupsOf(ids: string[]): Promise<Map<string, string>> };
  /** How long one may take. */
  expireInSeconds: number;
  /** How often the queue itself tries again; the tries are spaced more and more. */
  retryLimit: number;
  /** Does what there is to do about this; done again when it throws. */
  run(id: string, signal: AbortSignal): Promise<void>;
  /** The same for all of a batch together, rather than one after the other. */
  runTogether?(ids: string[], signal: AbortSignal): Promise<void>;
  /** What there is to do something about. */
  unfinished(): Promise<string[]>;
};

export type Jobs = {
  /** Comes before what was only found unfinished, also when it is among that already. */
  enqueue(queue: string, id: string): Promise<void>;
  /** Looks for unfinished work at once, without waiting for the next poll: after many rows were written. */
  look(queue: string): Promise<void>;
  /** What failed is tried now, not when its next try is due. Throws when it could not be queued. */
  retry(queue: string, id: string): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  databaseUrl: string;
  kinds: JobKind[];
  warn: (error: unknown, message: string) => void;
};

const rulesOf = ({ expireInSeconds, retryLimit }: JobKind) =>
  ({
    policy: "exclusive",
    // A worker that is gone is noticed by its missing heartbeat.
    heartbeatSeconds: 15,
    expireInSeconds,
    retryLimit,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 30,
    deleteAfterSeconds: 3_600,
  }) as const;

const inGroup = (groups: Map<string, string> | undefined, id: string) => {
  const group = groups?.get(id);
  return group === undefined ? {} : { group: { id: group } };
};

export function createJobs({ databaseUrl, kinds, warn }: Options): Jobs {
  const stopping = new AbortController();
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
    boss.on("error", (error) => warn(error, "The queue of background work met an error."));
    await boss.start();
    for (const kind of kinds) {
      const { queue, pollSeconds: pollingIntervalSeconds, batch: batchSize = 1, sideBySide } = kind;
      await boss.createQueue(queue, rulesOf(kind));
      const rules = {
        pollingIntervalSeconds,
        batchSize,
        burstWhenBatchFull: batchSize > 1,
        ...(sideBySide && { localConcurrency: sideBySide.most, groupConcurrency: 1 }),
      };
      await boss.work<{ id: string }>(queue, rules, async (jobs) => {
        const ids = jobs.map(({ data }) => data.id);
        if (kind.runTogether) await kind.runTogether(ids, stopping.signal);
        else for (const id of ids) await kind.run(id, stopping.signal);
      });
    }
    return boss;
  }

  async function running(): Promise<PgBoss> {
    started ??= start();
    return await started.catch((error) => {
      started = null; // The next one tries again.
      throw error;
    });
  }

  async function send(queue: string, id: string) {
    if (stopping.signal.aborted) return;
    const boss = await running();
    const kind = kinds.find((each) => each.queue === queue);
    const groups = await kind?.sideBySide?.groupsOf([id]);
    await boss.upsert(queue, { id }, { singletonKey: id, priority: 1, ...inGroup(groups, id) });
  }

  async function retry(queue: string, id: string) {
    const boss = await running();
    const kind = kinds.find((each) => each.queue === queue);
    const groups = await kind?.sideBySide?.groupsOf([id]);
    const now = { singletonKey: id, priority: 1, startAfter: 0, ...inGroup(groups, id) };
    await boss.upsert(queue, { id }, now);
  }

  async function lookFor({ queue, unfinished, sideBySide }: JobKind) {
    const ids = await unfinished();
    if (ids.length === 0 || stopping.signal.aborted) return;
    const boss = await running();
    const groups = await sideBySide?.groupsOf(ids);
    await boss.insert(
      queue,
      ids.map((id) => ({ data: { id }, singletonKey: id, ...inGroup(groups, id) })),
    );
  }

  let looking: Promise<unknown> = Promise.resolve();
  const look = (some: JobKind[] = kinds) => {
    const found = some.map((kind) =>
      lookFor(kind).catch((error) =>
        warn(error, `Unfinished ${kind.queue} could not be looked for.`),
      ),
    );
    looking = Promise.all([looking, ...found]);
    return looking;
  };
  const timer = setInterval(() => look(), LOOK_EVERY_MS);
  timer.unref();
  void look();

  return {
    // It is noted already: when this fails it begins half a minute later.
    enqueue: (queue, id) =>
      send(queue, id).catch((error) => warn(error, `Something of ${queue} waits for the queue.`)),
    async look(queue) {
      await look(kinds.filter((kind) => kind.queue === queue));
    },
    retry,
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
