/**
 * A thread that reads uploads: whatever is in them, only its own memory and time are at stake. It asks
 * for their bytes bit by bit (`bytes-in-thread.ts`), so that of all this process does only the thread
 * ever holds a whole file, and one at a time.
 */
import { Worker } from "node:worker_threads";
import type { Content } from "../core/file-store.ts";
import { BYTES_WANTED, type BytesAnswer, type BytesWanted } from "./bytes-in-thread.ts";

export type Bounds = { megabytes: number; seconds: number };

export type Reading<Message> = {
  /** A file of a thread: from source it runs the source; the bundle has it as a file beside itself. */
  thread: URL;
  /** What it is told. */
  request: object;
  /** The bytes of each file, when it asks for them. */
  contents: (() => Content)[];
  bounds: Bounds;
  signal: AbortSignal;
  /** May throw, which ends it; `answer` goes to the thread. */
  onMessage(
    message: Message,
    answer: (value: unknown) => void,
    fail: (error: unknown) => void,
  ): void;
  tooHeavy(bounds: Bounds): Error;
  tooSlow(bounds: Bounds): Error;
};

/** Resolves when the thread has ended by itself. */
export async function readInThread<Message>(reading: Reading<Message>): Promise<void> {
  const { bounds, signal } = reading;
  signal.throwIfAborted();
  const thread = new Worker(reading.thread, {
    workerData: reading.request,
    resourceLimits: { maxOldGenerationSizeMb: bounds.megabytes },
  });
  const ended = Promise.withResolvers<void>();
  const late = setTimeout(() => ended.reject(reading.tooSlow(bounds)), bounds.seconds * 1_000);
  const abort = () => ended.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  const feed = createFeed(thread, reading.contents);
  thread.on("message", (message: Message | BytesWanted) => {
    try {
      if (isBytesWanted(message)) feed.give(message).catch(ended.reject);
      else reading.onMessage(message, (value) => thread.postMessage(value), ended.reject);
    } catch (error) {
      ended.reject(error);
    }
  });
  thread.once("error", (error) => {
    const outOfMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    ended.reject(outOfMemory ? reading.tooHeavy(bounds) : error);
  });
  thread.once("exit", () => ended.resolve());
  try {
    await ended.promise;
  } finally {
    clearTimeout(late);
    signal.removeEventListener("abort", abort);
    await thread.terminate();
    await feed.stop();
  }
}

const isBytesWanted = (message: unknown): message is BytesWanted =>
  typeof message === "object" &&
  message !== null &&
  "kind" in message &&
  message.kind === BYTES_WANTED;

/** Gives the next bytes of a file each time they are asked for. */
function createFeed(thread: Worker, contents: (() => Content)[]) {
  const open = new Map<number, AsyncIterator<Uint8Array>>();
  let giving: Promise<void> = Promise.resolve();
  async function give({ file }: BytesWanted) {
    const from = open.get(file) ?? contents[file]?.()[Symbol.asyncIterator]();
    if (!from) throw new Error("broken invariant: the thread asks for a file that is there");
    open.set(file, from);
    const { done, value } = await from.next();
    // Copied, and the copy handed over: the piece's own memory may be used again.
    const bytes = done ? null : new Uint8Array(value);
    const answer: BytesAnswer = { bytes };
    thread.postMessage(answer, bytes ? [bytes.buffer] : []);
  }
  return {
    give: (wanted: BytesWanted) => {
      giving = give(wanted);
      return giving;
    },
    async stop() {
      await giving.catch(() => {});
      for (const from of open.values()) await from.return?.();
    },
  };
}

/** Who reads side by side; the next waits until one is through. */
export class Seats {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async with<T>(run: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
