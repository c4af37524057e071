import { Worker } from "node:worker_threads";
import { type Bounds, type Host, type HostEvents, Overrun } from "./worker-host.ts";

export function openThread(file: URL, { megabytes }: Bounds, events: HostEvents): Host {
  const thread = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: megabytes } });
  thread.on("message", events.onMessage);
  thread.once("error", (error) => {
    const isFull = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    events.onEnd(isFull ? new Overrun("memory", `More than ${megabytes} MB.`) : error);
  });
  thread.once("exit", () => events.onEnd(new Overrun("end", "The thread ended.")));
  // It keeps no process alive: whoever waits for an answer has a request or a job open. Last, since a listener holds it.
  thread.unref();
  return {
    post: (message) => thread.postMessage(message),
    worked: () => worked(thread),
    end: () => thread.terminate(),
  };
}

/** Before Node 24.6 what has passed must do. */
async function worked(thread: Worker): Promise<number> {
  if (!("cpuUsage" in thread)) return performance.now();
  const { user, system } = await thread.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1_000;
}
