/** Whoever started this process and talks with it: Node's own parent, or the main process of the desktop app. */
import type { FromWorker } from "./workers/worker-messages.ts";

/** As Electron gives it to a utility process. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): void;
};

const parentPort = (process as { parentPort?: ParentPort }).parentPort ?? null;

/** `done`: it is said, or there is nobody to hear it. */
export function tellParent(what: { ready: string } | { failed: string }, done = () => {}) {
  const message: FromWorker = { guildhall: "worker", ...what };
  if (process.send) process.send(message, done);
  else {
    parentPort?.postMessage(message);
    // Said behind what is under way: an exit at once would take it along.
    if (parentPort) setTimeout(done, 50);
    else done();
  }
}

export function onParentMessage(hear: (message: unknown) => void) {
  process.on("message", hear);
  parentPort?.on("message", ({ data }) => hear(data));
}
