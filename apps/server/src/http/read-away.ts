import type { IncomingMessage, ServerResponse } from "node:http";
import { free } from "./read-body.ts";

/** Bytes that nobody wants take the thread from calls that somebody waits for. */
const AT_ONCE = 4;
/** Each that waits for its turn holds what node has read ahead of it, 128 KB. */
const MOST_WAITING = 60;
/** A file of 200 MB, and more, still gets its answer. */
const MOST_BYTES = 1024 ** 3;

let underWay = 0;
const waiting: (() => void)[] = [];

/**
 * Browsers and `fetch` send all of a body before they look for an answer; one that came while they
 * still send would be lost with the connection, and with it the reason. So the rest of what is refused
 * is read, within bounds, a few at a time; nothing of it is kept. How fast it has to come is watched
 * as of any other.
 */
export async function readAway(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.complete || Number(req.headers["content-length"]) > MOST_BYTES) return;
  // Taken from here on: or else node reads the rest of it, as fast as it comes, once the answer is out.
  req.read(0);
  if (waiting.length >= MOST_WAITING) return void endAfterAnswer(req, res);
  if (underWay >= AT_ONCE) {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    await promise;
  }
  underWay++;
  try {
    for await (const piece of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      free(piece);
    }
  } catch {
    // A sender that breaks off is what ends it too; the refusal is written to nobody then.
  } finally {
    underWay--;
    waiting.shift()?.();
  }
}

/** Its reason may be lost with the connection: there are too many whose bodies nobody wants. */
function endAfterAnswer(req: IncomingMessage, res: ServerResponse): void {
  res.once("finish", () => req.destroy());
}
