/** The thread's side of `reading-thread.ts`. */
import { once } from "node:events";
import { parentPort } from "node:worker_threads";
import { invariant } from "../core/errors.ts";

export const BYTES_WANTED = "bytes wanted";

export type BytesWanted = { kind: typeof BYTES_WANTED; file: number };
/** Null: that was all of it. */
export type BytesAnswer = { bytes: Uint8Array | null };

/** All of a file, of which so many bytes are known to come. */
export async function readBytes(file: number, size: number): Promise<Buffer> {
  const port = invariant(parentPort, "in a thread");
  const all = Buffer.alloc(size);
  let filled = 0;
  for (;;) {
    const heard = once(port, "message");
    port.postMessage({ kind: BYTES_WANTED, file } satisfies BytesWanted);
    const [{ bytes }] = (await heard) as [BytesAnswer];
    if (bytes === null) return all.subarray(0, filled);
    all.set(bytes, filled);
    filled += bytes.length;
  }
}
