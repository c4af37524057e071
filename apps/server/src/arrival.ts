/** How long a request may take to arrive. Node's own bound knows no difference between a call and a file. */
import type { IncomingMessage } from "node:http";

const REQUEST_MS = 120_000;
const SILENCE_MS = 60_000;

/** All of it has to be here by then. */
export function boundArrival(req: IncomingMessage): void {
  const late = setTimeout(() => giveUp(req), REQUEST_MS);
  late.unref();
  req.once("close", () => clearTimeout(late));
}

/** A file of 5 GB takes as long as it takes, but its sender does not fall silent. */
export function endSilence(req: IncomingMessage): void {
  req.setTimeout(SILENCE_MS, () => giveUp(req));
}

function giveUp(req: IncomingMessage): void {
  if (!req.complete) req.destroy();
}
