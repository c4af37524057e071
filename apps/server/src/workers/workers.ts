/**
 * Several workers that share one port: this process starts them, brings back those that die, and
 * serves nobody itself. So its own life is quiet, and it is the one that keeps the built-in Postgres.
 */
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@guildhall/db/embedded";
import { openDatabase } from "../connections/open-database.ts";
import type { Env } from "../settings/env.ts";
import { type Guildhall, jwtSecretOf } from "../start.ts";
import type { Log } from "../telemetry/logger.ts";
import { tellWorkersTheirMetrics } from "../telemetry/metrics-of-all-workers.ts";
import { isFromWorker, STOP, WORKER_STOP_MS } from "./worker-messages.ts";

// Workers take connections themselves. Handed round by this process, node's default, a connection on
// its way to a worker that dies is kept open here for ever, and its client waits for ever.
cluster.schedulingPolicy = cluster.SCHED_NONE;

/** One that ends sooner than this after its start would do so again. */
const SOON_MS = 10_000;
const LONGEST_PAUSE_MS = 5_000;

export type Workers = Guildhall & {
  /** One by one, each new one before its old one goes: nobody finds the door closed. */
  restart(): Promise<void>;
};

export async function startWorkers(env: Env, log: Log): Promise<Workers> {
  const database = await openDatabase(env, log);
  try {
    const crew = new Crew({
      size: env.WORKERS,
      log,
      env: {
        DATABASE_URL: env.DB_SERVER ? "" : database.url,
        JWT_SECRET: jwtSecretOf(env),
        // Each of them would be given another one, and a new one after the last has died.
        PORT: String(env.PORT || (await freePort())),
      },
    });
    tellWorkersTheirMetrics();
    const stop = async () => {
      await crew.stop();
      await database.stop();
    };
    const [url = ""] = await crew.start().catch(async (error) => {
      await crew.stop();
      throw error;
    });
    log.info(
      { pid: process.pid, workers: env.WORKERS },
      "Send SIGHUP to this process to restart the workers one by one.",
    );
    return { url, stop, restart: () => crew.restart() };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

type CrewOptions = { size: number; env: Record<string, string>; log: Log };

class Crew {
  readonly #options: CrewOptions;
  /** Those that serve, and are to go on. */
  readonly #serving = new Set<Worker>();
  #stopping = new AbortController();
  #restarting: Promise<void> | null = null;
  #filling: Promise<void> | null = null;
  #pauseMs = 0;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  start(): Promise<string[]> {
    return Promise.all(Array.from({ length: this.#options.size }, () => this.#hire()));
  }

  restart(): Promise<void> {
    this.#restarting ??= this.#replaceEach().finally(() => {
      this.#restarting = null;
      this.#fill();
    });
    return this.#restarting;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#serving.clear();
    await Promise.all(
      Object.values(cluster.workers ?? {}).map((worker) => worker && dismiss(worker)),
    );
  }

  /** Starts a worker and answers its address once it serves; throws with its reason when it ends first. */
  async #hire(): Promise<string> {
    const worker = cluster.fork(this.#options.env);
    const bornAt = Date.now();
    const served = Promise.withResolvers<string>();
    let reason = "";
    worker.on("message", (message: unknown) => {
      if (!isFromWorker(message)) return;
      if ("ready" in message) served.resolve(message.ready);
      else reason = message.failed;
    });
    worker.once("exit", (code, signal) => {
      served.reject(new Error(reason || `A worker ended (${signal ?? code}) before it served.`));
      if (!this.#serving.delete(worker)) return;
      this.#options.log.error(
        { worker: worker.process.pid, end: signal ?? code },
        "A worker died and is being replaced. Saved data is safe.",
      );
      this.#pauseMs = Date.now() - bornAt > SOON_MS ? 0 : longer(this.#pauseMs);
      this.#fill();
    });
    const url = await served.promise;
    if (!this.#stopping.signal.aborted) this.#serving.add(worker);
    return url;
  }

  /** Brings the crew back to its size, patiently: what ends a worker at its start rarely passes at once. */
  #fill() {
    if (this.#restarting) return;
    this.#filling ??= this.#fillUp().finally(() => {
      this.#filling = null;
    });
  }

  async #fillUp() {
    const { signal } = this.#stopping;
    while (!signal.aborted && this.#serving.size < this.#options.size) {
      // Interrupted only by the stop, which the loop sees.
      await delay(this.#pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        await this.#hire();
      } catch (err) {
        if (signal.aborted) return;
        this.#options.log.error({ err }, "A worker couldn't start. Trying again.");
        this.#pauseMs = longer(this.#pauseMs);
      }
    }
  }

  async #replaceEach() {
    await this.#filling;
    for (const old of [...this.#serving]) {
      try {
        await this.#hire();
      } catch (err) {
        this.#options.log.error({ err }, "A new worker couldn't start. The old ones keep running.");
        return;
      }
      if (this.#stopping.signal.aborted) return;
      this.#serving.delete(old);
      await dismiss(old);
    }
    this.#options.log.info({}, "All workers were restarted.");
  }
}

const longer = (pauseMs: number) => Math.min(LONGEST_PAUSE_MS, Math.max(100, pauseMs * 2));

/** Asks it to stop and resolves when it has; one that cannot is ended. */
async function dismiss(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const exited = once(worker, "exit");
  if (worker.isConnected()) worker.send(STOP);
  const hurry = setTimeout(() => worker.process.kill("SIGKILL"), WORKER_STOP_MS + 2_000);
  await exited;
  clearTimeout(hurry);
}
