/** How a request has to arrive. Node's own bound knows no difference between a call and a file. */
import type { IncomingMessage } from "node:http";

/** Less than a telephone in a tunnel sends, and too much to hold many bodies back by. */
const LEAST_BYTES_PER_SECOND = 2 * 1024;

export type Pace = {
  /** Within each of these it sends its least, or the rest. */
  everyMs: number;
  /** All of it has to be here by then. */
  withinMs?: number;
};

/** A file of 5 GB takes as long as it takes. */
export const paces = {
  call: { everyMs: 15_000, withinMs: 120_000 },
  file: { everyMs: 60_000 },
} satisfies Record<string, Pace>;

/** Ends a request whose body falls silent or comes drop by drop. */
export function boundArrival(req: IncomingMessage, { everyMs, withinMs = Infinity }: Pace): void {
  const { "content-length": length, "transfer-encoding": coding } = req.headers;
  if (!Number(length) && coding === undefined) return;
  const least = (LEAST_BYTES_PER_SECOND * everyMs) / 1_000;
  const began = performance.now();
  let seen = req.socket.bytesRead;
  const watch = setInterval(() => {
    if (req.complete) return clearInterval(watch);
    const came = req.socket.bytesRead - seen;
    seen = req.socket.bytesRead;
    // What lies here and is not taken waits for us, not for its sender.
    const isSlow = came < least && req.readableLength === 0;
    if (isSlow || performance.now() - began >= withinMs) req.destroy();
  }, everyMs);
  watch.unref();
  req.once("close", () => clearInterval(watch));
}
