/**
 * SHA-256 in a thread of its own: at a gigabyte and a half a second it would take most of the time in
 * which this one could read what comes.
 */
import { Worker } from "node:worker_threads";
import { invariant } from "../core/errors.ts";
import type { SharedBlock } from "./shared-blocks.ts";
import type { SumReply, SumRequest } from "./sum-thread.ts";

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./sum-thread.ts" : "./sum-thread.js",
  import.meta.url,
);

type Answer = PromiseWithResolvers<string | null>;

/** Rejects what it is asked once it has ended; the next sum has another one. */
class SumThread {
  readonly #worker = new Worker(threadFile);
  readonly #waiting = new Map<number, Answer>();
  #asked = 0;
  #ended: { why: unknown } | null = null;

  constructor() {
    this.#worker.on("message", ({ question, sha256 }: SumReply) => {
      this.#waiting.get(question)?.resolve(sha256);
      this.#waiting.delete(question);
    });
    this.#worker.once("error", (error) => this.#end(error));
    this.#worker.once("exit", () => this.#end(new Error("The thread that sums files ended.")));
    // It keeps no process alive: whoever waits for a sum has a request open.
    this.#worker.unref();
  }

  get hasEnded() {
    return this.#ended !== null;
  }

  ask(what: Unnumbered): Promise<string | null> {
    const answer: Answer = Promise.withResolvers();
    if (this.#ended) answer.reject(this.#ended.why);
    else {
      const question = ++this.#asked;
      this.#waiting.set(question, answer);
      this.#worker.postMessage({ ...what, question } satisfies SumRequest);
    }
    return answer.promise;
  }

  #end(why: unknown) {
    this.#ended ??= { why };
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}

type Unnumbered<R = SumRequest> = R extends unknown ? Omit<R, "question"> : never;

let thread: SumThread | null = null;
let begun = 0;

/** `add` is done when the bytes are no longer needed. */
export function beginSum() {
  if (!thread || thread.hasEnded) thread = new SumThread();
  const mine = thread;
  const of = ++begun;
  return {
    add: (block: SharedBlock) => mine.ask({ kind: "add", of, block }),
    digest: async () => invariant(await mine.ask({ kind: "digest", of }), "asked for a digest"),
    /** Of what came to nothing. */
    drop: () => void mine.ask({ kind: "drop", of }).catch(() => {}),
  };
}
