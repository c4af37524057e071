import { BoundedWorker, workerFile } from "../jobs/bounded-worker.ts";
import type { RenderRequest } from "./export-thread.ts";
import type { Addresses } from "./render-text.ts";

export type Renderer = ReturnType<typeof openRenderer>;

/** A thread of one export; asked for one text after the other. */
export function openRenderer(addresses: Addresses) {
  const worker = new BoundedWorker<RenderRequest, string>({
    file: workerFile(import.meta.url, "export-thread"),
    bounds: { megabytes: 512, seconds: 60, by: "work" },
  });
  const told = worker.ask({ as: "addresses", addresses });
  told.catch(() => {}); // The first text meets the same.
  return {
    render: (request: RenderRequest) => worker.ask(request),
    close: () => worker.stop(),
  };
}
