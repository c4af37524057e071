/**
 * SHA-256 in a thread of its own: at a gigabyte and a half a second it would take most of the time in
 * which this one could read what comes.
 */
import { Worker } from "node:worker_threads";
import { must } from "../core/errors.ts";
import type { SumReply, SumRequest } from "./sum-thread.ts";

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./sum-thread.ts" : "./sum-thread.js",
  import.meta.url,
);

type Answer = PromiseWithResolvers<string | null>;
type Thread = { worker: Worker; waiting: Map<number, Answer> };

let running: Thread | null = null;
let asked = 0;
let begun = 0;

function start(): Thread {
  const thread: Thread = { worker: new Worker(threadFile), waiting: new Map() };
  const end = (why: unknown) => {
    if (running === thread) running = null;
    for (const { reject } of thread.waiting.values()) reject(why);
    thread.waiting.clear();
  };
  thread.worker.on("message", ({ question, sha256 }: SumReply) => {
    thread.waiting.get(question)?.resolve(sha256);
    thread.waiting.delete(question);
  });
  thread.worker.once("error", end);
  thread.worker.once("exit", () => end(new Error("The thread that sums files ended.")));
  // It keeps no process alive: whoever waits for a sum has a request open.
  thread.worker.unref();
  return thread;
}

/** `add` is done when the bytes are no longer needed. */
export function beginSum() {
  running ??= start();
  // A sum that was begun in a thread that died is not to be had from the next one.
  const { worker, waiting } = running;
  const of = ++begun;
  function ask(what: Kind): Promise<string | null> {
    const answer: Answer = Promise.withResolvers();
    const question = ++asked;
    waiting.set(question, answer);
    worker.postMessage({ ...what, of, question } satisfies SumRequest);
    return answer.promise;
  }
  return {
    add: (block: SharedArrayBuffer, length: number) => ask({ kind: "add", block, length }),
    digest: async () => must(await ask({ kind: "digest" }), "asked for a digest"),
    drop: () => worker.postMessage({ kind: "drop", of, question: 0 } satisfies SumRequest),
  };
}

type Kind = SumRequest extends infer R
  ? R extends SumRequest
    ? Omit<R, "question" | "of">
    : never
  : never;
