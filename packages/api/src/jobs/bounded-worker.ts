/**
 * A worker that answers one question after the other, each within bounds of time and memory: whatever is
 * in what it reads, only its own are at stake. What overruns them loses the worker, and the next question
 * has a new one. While it answers it may call back (worker-side.ts), for bytes and with what it finds:
 * what it awaits is done before it goes on, and so it never holds more than one piece.
 */
import {
  type Bounds,
  type Host,
  type HostEvents,
  Overrun,
  type ToWorker,
  Unanswerable,
} from "./worker-host.ts";
import { openProcess } from "./worker-process.ts";
import { openThread } from "./worker-thread.ts";

type Options = {
  /** `workerFile` */
  file: URL;
  bounds: Bounds;
  /**
   * A thread costs 30 ms and shares its code with this process. A process is for what runs native code
   * on bytes of strangers: its memory is in no heap, and a fault of it ends whatever it is part of.
   */
  as?: "thread" | "process";
};

/** From source a worker runs the source; the bundle has it as a file beside itself (apps/server/bundle.mjs). */
export const workerFile = (from: string, name: string): URL =>
  new URL(`./${name}.${from.endsWith(".ts") ? "ts" : "js"}`, from);

/** How much longer than its bound what has been worked may take by the clock. */
const PATIENCE = 20;
/** How often it is looked within that time. */
const LOOKS = 4;
/** A worker that was just started has to read its program first. */
const START_MS = 60_000;

export { type Bounds, Overrun, Unanswerable } from "./worker-host.ts";

export type Asking<Call> = {
  signal?: AbortSignal;
  /** What the worker asks and says meanwhile; what it throws ends the worker. */
  onCall?: (call: Call) => unknown;
};

type Waiting = { ask: () => Promise<void>; refuse: (error: Error) => void };

export class BoundedWorker<Question, Answer, Call = never> {
  readonly #options: Options;
  readonly #waiting: Waiting[] = [];
  #host: Promise<Host> | null = null;
  #heard: HostEvents = idle;
  #isWorking = false;
  #isStopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Rejects with an `Overrun` when the worker was ended for it. */
  ask(question: Question, asking: Asking<Call> = {}): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const ask = () => this.#answer(question, asking).then(resolve, reject);
    this.#waiting.push({ ask, refuse: reject });
    if (!this.#isWorking) void this.#work();
    return promise;
  }

  async stop() {
    this.#isStopped = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(stopped());
    await this.#end();
  }

  async #work() {
    this.#isWorking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next.ask();
    this.#isWorking = false;
  }

  async #answer(question: Question, { signal, onCall }: Asking<Call>): Promise<Answer> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    // Also of the call that is being answered when it ends: nothing of it goes on afterwards.
    let answering: Promise<unknown> = Promise.resolve();
    let watch: NodeJS.Timeout | undefined;
    try {
      const host = await this.#running();
      this.#heard = {
        onEnd: reject,
        onMessage(message) {
          if (message.kind === "answer") resolve(message.answer as Answer);
          else if (message.kind === "error") reject(new Unanswerable(message.error));
          else if (message.kind === "call") {
            const { n, call } = message;
            const answered = Promise.resolve().then(() => onCall?.(call as Call));
            answering = Promise.all([answering, answered]);
            answered.then((answer) => n && host.post({ n, answer } satisfies ToWorker), reject);
            answering.catch(() => {});
          }
        },
      };
      host.post({ question } satisfies ToWorker);
      watch = this.#watch(host, await host.worked(), reject);
      const answer = await promise;
      await answering;
      return answer;
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      clearInterval(watch);
      this.#heard = idle;
      signal?.removeEventListener("abort", abort);
      await answering.catch(() => {});
    }
  }

  #watch(host: Host, before: number, reject: (error: Error) => void) {
    const { seconds, by = "clock" } = this.#options.bounds;
    const startedAt = performance.now();
    const most = seconds * 1_000;
    const isLate = async () => {
      const passed = performance.now() - startedAt;
      if (by === "clock") return passed > most;
      return passed > most * PATIENCE || (await host.worked()) - before > most;
    };
    const look = async () => {
      if (await isLate()) reject(new Overrun("time", `More than ${seconds} s.`));
    };
    return setInterval(look, most / LOOKS);
  }

  async #running(): Promise<Host> {
    if (this.#isStopped) throw stopped();
    this.#host ??= this.#start();
    return this.#host;
  }

  async #start(): Promise<Host> {
    const { file, bounds, as = "thread" } = this.#options;
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    ready.catch(() => {});
    const host = (as === "thread" ? openThread : openProcess)(file, bounds, {
      onMessage: (message) =>
        message.kind === "ready" ? resolve() : this.#heard.onMessage(message),
      onEnd: (why) => {
        reject(why);
        this.#host = null;
        this.#heard.onEnd(why);
      },
    });
    const late = setTimeout(() => reject(new Error("The worker does not start.")), START_MS);
    try {
      await ready;
    } catch (error) {
      await host.end();
      throw error;
    } finally {
      clearTimeout(late);
    }
    return host;
  }

  async #end() {
    const host = this.#host;
    this.#host = null;
    await (await host?.catch(() => null))?.end();
  }
}

/** What is said when nothing is asked, such as by a worker that ends: the next question has a new one. */
const idle: HostEvents = { onMessage() {}, onEnd() {} };

const stopped = () => new Overrun("end", "The server stops.");

/** One question, and the end of the worker. */
export async function askOnce<Answer, Call = never>(
  options: Options & Asking<Call>,
  question: unknown,
): Promise<Answer> {
  const worker = new BoundedWorker<unknown, Answer, Call>(options);
  try {
    return await worker.ask(question, options);
  } finally {
    await worker.stop();
  }
}
