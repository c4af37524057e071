/**
 * SHA-256 in a thread of its own: at a gigabyte and a half a second it would take most of the time in
 * which this one could read what comes.
 */
import { invariant } from "../../core/errors.ts";
import { BoundedWorker, workerFile } from "../../jobs/bounded-worker.ts";
import type { SharedBlock } from "../store/shared-blocks.ts";
import type { SumRequest } from "./sum-thread.ts";

/** One for all uploads: its memory is that of a block each, and it is never long at one. */
const worker = new BoundedWorker<SumRequest, string | null>({
  file: workerFile(import.meta.url, "sum-thread"),
  bounds: { megabytes: 128, seconds: Number.POSITIVE_INFINITY },
  ahead: 64,
});
let begun = 0;

/** `add` is done when the bytes are no longer needed. */
export function beginSum() {
  const of = ++begun;
  let isFirst = true;
  const next = () => {
    const first = isFirst;
    isFirst = false;
    return { of, isFirst: first };
  };
  return {
    add: (block: SharedBlock) => worker.ask({ kind: "add", block, ...next() }),
    digest: async () => invariant(await worker.ask({ kind: "digest", ...next() }), "a digest"),
    /** Of what came to nothing. */
    drop: () => void worker.ask({ kind: "drop", of }).catch(() => {}),
  };
}
