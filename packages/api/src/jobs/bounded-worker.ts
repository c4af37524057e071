/**
 * A worker that answers questions, each within bounds of time and memory: whatever is in what it reads,
 * only its own are at stake. What overruns them loses the worker, and the next question has a new one.
 * While it answers it may call back (worker-side.ts), for bytes and with what it finds: what it awaits is
 * done before it goes on, and so never more than one piece is under way.
 */
import {
  type Bounds,
  type FromWorker,
  type Host,
  Overrun,
  type ToWorker,
  Unanswerable,
} from "./worker-host.ts";
import { openProcess } from "./worker-process.ts";
import { openThread } from "./worker-thread.ts";

/** The desktop app's own program runs no other module than its own: there a thread does what a process does. */
const isInDesktop = "electron" in process.versions;

export { type Bounds, Overrun, Unanswerable } from "./worker-host.ts";

type Options = {
  /** `workerFile` */
  file: URL;
  bounds: Bounds;
  /**
   * A thread costs 30 ms. A process is for what runs native code on bytes of strangers: its memory is in
   * no heap that could be bounded, and a fault of it ends whatever it is part of.
   */
  as?: "thread" | "process";
  /** Questions that it is given before it has answered the one before; one unless said. */
  ahead?: number;
};

/** From source a worker runs the source; the bundle has it as a file beside itself (apps/server/bundle.mjs). */
export const workerFile = (from: string, name: string): URL =>
  new URL(`./${name}.${from.endsWith(".ts") ? "ts" : "js"}`, from);

/** How much longer than its bound what has been worked may take by the clock. */
const GRACE_MS = 20;
/** How often it is looked within that time. */
const LOOKS = 4;
/** A worker that was just started has to read its program first. */
const START_MS = 60_000;

export type Asking<Call> = {
  signal?: AbortSignal;
  /** What the worker asks and says meanwhile; what it throws ends the worker. */
  onCall?: (call: Call) => unknown;
};

type Waiting = { ask: () => Promise<void>; refuse: (error: Error) => void };
type Asked = { hear(message: FromWorker): void; fail(why: Error): void };

export class BoundedWorker<Question, Answer, Call = never> {
  readonly #options: Options;
  readonly #waiting: Waiting[] = [];
  readonly #asked = new Map<number, Asked>();
  #host: Promise<Host> | null = null;
  /** The newest, whose end means that there is none. */
  #opened: Host | null = null;
  #count = 0;
  #working = 0;
  #isStopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Rejects with an `Overrun` when the worker was ended for it. */
  ask(question: Question, asking: Asking<Call> = {}): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const ask = () => this.#answer(question, asking).then(resolve, reject);
    this.#waiting.push({ ask, refuse: reject });
    void this.#work();
    return promise;
  }

  async stop() {
    this.#isStopped = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(stopped());
    await this.#end();
  }

  async #work() {
    if (this.#working >= (this.#options.ahead ?? 1)) return;
    this.#working++;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next.ask();
    this.#working--;
  }

  async #answer(question: Question, { signal, onCall }: Asking<Call>): Promise<Answer> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    promise.catch(() => {}); // Called off while the worker starts, it is heard of below.
    const of = ++this.#count;
    const abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const calls: Promise<unknown>[] = [];
    let watch: NodeJS.Timeout | undefined;
    try {
      const host = await this.#running();
      const before = await host.worked();
      const hear = (message: FromWorker) => {
        if (message.kind === "answer") resolve(message.answer as Answer);
        else if (message.kind === "error") reject(new Unanswerable(message.error));
        else if (message.kind === "call") calls.push(this.#call(host, message, onCall, reject));
      };
      this.#asked.set(of, { hear, fail: reject });
      host.post({ of, question } satisfies ToWorker);
      watch = this.#watch(host, before, reject);
      const answer = await promise;
      await Promise.all(calls);
      return answer;
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      clearInterval(watch);
      this.#asked.delete(of);
      signal?.removeEventListener("abort", abort);
      // Nothing that it called for goes on afterwards.
      await Promise.allSettled(calls);
    }
  }

  async #call(
    host: Host,
    { n, call }: FromWorker & { kind: "call" },
    onCall: Asking<Call>["onCall"],
    reject: (error: unknown) => void,
  ) {
    try {
      const answer = await onCall?.(call as Call);
      if (n > 0) host.post({ n, answer } satisfies ToWorker);
    } catch (error) {
      reject(error);
    }
  }

  #watch(host: Host, before: number, reject: (error: Error) => void) {
    const { seconds, by = "clock" } = this.#options.bounds;
    if (seconds === Number.POSITIVE_INFINITY) return undefined;
    const startedAt = performance.now();
    const most = seconds * 1_000;
    const isLate = async () => {
      const passed = performance.now() - startedAt;
      if (by === "clock") return passed > most;
      return passed > most * GRACE_MS || (await host.worked()) - before > most;
    };
    const look = async () => {
      if (await isLate()) reject(new Overrun("time", `More than ${seconds} s.`));
    };
    return setInterval(look, Math.min(most / LOOKS, 10_000));
  }

  async #running(): Promise<Host> {
    if (this.#isStopped) throw stopped();
    this.#host ??= this.#start();
    return this.#host;
  }

  async #start(): Promise<Host> {
    const { file, bounds, as = "thread" } = this.#options;
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    const host = (as === "thread" || isInDesktop ? openThread : openProcess)(file, bounds, {
      onMessage: (message) => {
        if (message.kind === "ready") resolve();
        else this.#asked.get(message.of)?.hear(message);
      },
      onEnd: (why) => {
        reject(why);
        if (this.#opened === host) this.#host = null;
        for (const { fail } of this.#asked.values()) fail(why);
      },
    });
    this.#opened = host;
    const late = setTimeout(() => reject(new Error("The worker does not start.")), START_MS);
    try {
      await ready;
      return host;
    } catch (error) {
      await host.end();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  async #end() {
    const host = this.#host;
    this.#host = null;
    await (await host?.catch(() => null))?.end();
  }
}

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
