/** The worker that searches: begun when there is something to do, ended when nobody asks for a while. */
import type { Asked, Counted, Found, Question, Reply } from "./messages.ts";
import SearchWorker from "./search-worker.ts?worker";

/** What it has in memory is megabytes. */
const END_AFTER_MS = 60_000;

export type DeviceSearch = ReturnType<typeof openSearch>;

export function openSearch(account: string) {
  let worker: Worker | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const awaited = new Map<number, PromiseWithResolvers<unknown>>();

  function end(why: string) {
    clearTimeout(timer);
    worker?.terminate();
    worker = null;
    for (const { reject } of awaited.values()) reject(new Error(why));
    awaited.clear();
  }

  function begin(): Worker {
    const begun = new SearchWorker();
    begun.onmessage = ({ data }: MessageEvent<Reply>) => {
      const waiting = awaited.get(data.n);
      awaited.delete(data.n);
      if ("problem" in data) waiting?.reject(new Error(data.problem));
      else waiting?.resolve(data.result);
      clearTimeout(timer);
      if (awaited.size === 0) timer = setTimeout(() => end("It has nothing to do."), END_AFTER_MS);
    };
    begun.onerror = () => end("The search on this device failed.");
    begun.postMessage({ kind: "open", account } satisfies Question);
    return begun;
  }

  function put<T>(question: { kind: "update" } | { kind: "find" | "count"; asked: Asked }) {
    worker ??= begin();
    clearTimeout(timer);
    const n = ++asked;
    const answered = Promise.withResolvers<unknown>();
    awaited.set(n, answered);
    worker.postMessage({ ...question, n });
    return answered.promise as Promise<T>;
  }

  return {
    /** Takes in what changed; resolves when all of it can be found. */
    update: () => put<void>({ kind: "update" }),
    find: (asked: Asked) => put<Found>({ kind: "find", asked }),
    count: (asked: Asked) => put<Counted>({ kind: "count", asked }),
    stop: () => end("The page is left."),
  };
}
