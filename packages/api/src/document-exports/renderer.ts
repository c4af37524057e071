import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { RenderAnswer, RenderRequest } from "./export-thread.ts";
import type { Addresses } from "./render-text.ts";

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./export-thread.ts" : "./export-thread.js",
  import.meta.url,
);

/** A thread of one export; asked for one text after the other. */
export function openRenderer(addresses: Addresses) {
  const thread = new Worker(threadFile, {
    workerData: addresses,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return {
    async render(request: RenderRequest): Promise<string> {
      const answered = once(thread, "message") as Promise<[RenderAnswer]>;
      thread.postMessage(request);
      const [answer] = await answered;
      if ("problem" in answer) throw new Error(answer.problem);
      return answer.rendered;
    },
    close: () => thread.terminate(),
  };
}
