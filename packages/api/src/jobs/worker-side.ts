/** The worker's side of bounded-worker.ts, in a thread or a process of its own. */
import { parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./worker-host.ts";

export type Caller<Call> = {
  /** Answered when the server is through with it. */
  ask<T>(call: Call): Promise<T>;
  say(call: Call): void;
};

const post = (message: FromWorker) => {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};

/** Answers what this worker is asked. What it throws is told as `Unanswerable`. */
export function serve<Question, Call = never>(
  answer: (question: Question, caller: Caller<Call>) => unknown,
): void {
  const asked = new Map<number, (answer: unknown) => void>();
  let count = 0;
  const callerOf = (of: number): Caller<Call> => ({
    ask<T>(call: Call) {
      const n = ++count;
      post({ kind: "call", of, n, call });
      return new Promise<T>((resolve) => asked.set(n, resolve as (answer: unknown) => void));
    },
    say: (call) => post({ kind: "call", of, n: 0, call }),
  });
  async function hear(message: ToWorker) {
    if ("n" in message) {
      asked.get(message.n)?.(message.answer);
      asked.delete(message.n);
      return;
    }
    const { of, question } = message;
    try {
      post({ kind: "answer", of, answer: await answer(question as Question, callerOf(of)) });
    } catch (error) {
      const said = error instanceof Error ? error.stack : null;
      post({ kind: "error", of, error: said ?? String(error) });
    }
  }
  if (parentPort) parentPort.on("message", hear);
  else process.on("message", hear);
  post({ kind: "ready" });
}
