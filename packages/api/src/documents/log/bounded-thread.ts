/**
 * A thread that answers one question after the other, each within bounds of time and memory: what
 * overruns them loses the thread, and the next question has a new one.
 *
 * Time is what the thread has worked, not what has passed: on a busy machine a small question may
 * wait long for its turn.
 */
import { Worker } from "node:worker_threads";

export type Bounds = { megabytes: number; milliseconds: number };

/** How much longer than its bound an answer may take by the clock. */
const PATIENCE = 20;
/** How often it is looked within that time. */
const LOOKS = 4;
/** A thread that was just started has to read its program first. */
const START_MS = 10_000;

export class Overrun extends Error {}
/** The thread's own word that it could not do what it was asked. */
export class Unanswerable extends Error {}

type Question = {
  ask: unknown;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
};

/** What a thread says first, once its program is read. */
export const READY = "ready";
/** And then for each question: its answer, or what went wrong. */
export type Reply = { answer: unknown } | { error: string };

export class BoundedThread {
  readonly #file: URL;
  readonly #bounds: Bounds;
  readonly #waiting: Question[] = [];
  #thread: Worker | null = null;
  #isWorking = false;
  #isStopped = false;

  constructor(file: URL, bounds: Bounds) {
    this.#file = file;
    this.#bounds = bounds;
  }

  /** Rejects with an `Overrun` when the thread was ended for it. */
  ask<Answer>(ask: unknown): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.push({ ask, resolve, reject });
    if (!this.#isWorking) void this.#work();
    return promise;
  }

  async stop() {
    this.#isStopped = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new Overrun("The server stops."));
    await this.#end();
  }

  async #work() {
    this.#isWorking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        next.resolve((await this.#answer(next.ask)) as never);
      } catch (error) {
        next.reject(error);
      }
    }
    this.#isWorking = false;
  }

  async #answer(ask: unknown): Promise<unknown> {
    const thread = await this.#running();
    const before = await worked(thread);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const onExit = () => reject(new Overrun("The thread ended."));
    const onError = (error: Error) => {
      const isFull = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(isFull ? new Overrun(`More than ${this.#bounds.megabytes} MB.`) : error);
    };
    thread.once("message", resolve).once("exit", onExit).once("error", onError);
    thread.postMessage(ask);
    const watch = this.#watch(thread, before, reject);
    try {
      const reply = await promise;
      if ("error" in reply) throw new Unanswerable(reply.error);
      return reply.answer;
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      clearInterval(watch);
      thread.off("message", resolve).off("exit", onExit).off("error", onError);
    }
  }

  #watch(thread: Worker, before: number, reject: (error: Error) => void) {
    const { milliseconds } = this.#bounds;
    const startedAt = performance.now();
    const isLate = async () =>
      performance.now() - startedAt > milliseconds * PATIENCE ||
      (await worked(thread)) - before > milliseconds;
    return setInterval(async () => {
      if (await isLate()) reject(new Overrun(`More than ${milliseconds} ms.`));
    }, milliseconds / LOOKS);
  }

  async #running(): Promise<Worker> {
    if (this.#isStopped) throw new Overrun("The server stops.");
    if (this.#thread) return this.#thread;
    const { megabytes } = this.#bounds;
    const thread = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    // What fails between two questions is told to the next one, by its exit.
    thread.on("error", () => {});
    thread.once("exit", () => {
      if (this.#thread === thread) this.#thread = null;
    });
    this.#thread = thread;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    thread.once("message", resolve).once("error", reject);
    const late = setTimeout(() => reject(new Error("The thread does not start.")), START_MS);
    try {
      await promise;
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      clearTimeout(late);
      thread.off("message", resolve).off("error", reject);
    }
    thread.unref();
    return thread;
  }

  async #end() {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}

/** How long the thread has worked so far, in ms; before Node 24.6 what has passed must do. */
async function worked(thread: Worker): Promise<number> {
  if (!("cpuUsage" in thread)) return performance.now();
  const { user, system } = await thread.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1_000;
}
