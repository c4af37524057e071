/** Sends a file that is to be imported, as every file is sent: in parts, and on where a line broke. */
import { TRPCClientError } from "@trpc/client";
import { uuidv7 } from "uuidv7";
import { NotReached } from "@/entities/files/upload/send-bytes.ts";
import { sendUpload } from "@/entities/files/upload/send-upload.ts";
import { createRetry } from "@/lib/retry.ts";
import { refusalOf } from "@/sync/server/refusal.ts";

/** What the server takes; the same number as in its refusal. */
export const MAX_FILE_BYTES = 5 * 1024 ** 3;

export const tooLarge = "The file is larger than 5 GB and wasn't uploaded. Import it in parts.";

const WAITS = { firstMs: 500, lastMs: 15_000 };

export type Sent = { id: string; name: string; size: number };

type Options = {
  workspaceId: string;
  userId: string;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
};

/** Rejects with what the server said; with an AbortError when it was cancelled. */
export async function sendImportFile(
  file: File,
  { workspaceId, userId, signal, onProgress }: Options,
): Promise<Sent> {
  const id = uuidv7();
  const place = { forImport: workspaceId };
  const send = () => sendUpload({ id, userId, place, file, signal, onProgress });
  await untilAnswered(send, signal);
  return { id, name: file.name, size: file.size };
}

/** Asks again for as long as no word of the server comes: what may be asked twice, by its ids. */
export async function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let wake = () => {};
  const retry = createRetry(() => wake(), WAITS);
  const cancel = () => wake();
  signal.addEventListener("abort", cancel);
  try {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted || !isUnclear(error)) throw error;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      retry.later();
      await promise;
    }
  } finally {
    retry.stop();
    signal.removeEventListener("abort", cancel);
  }
}

/** No word of the server: the same may go again. */
const isUnclear = (error: unknown) =>
  (error instanceof NotReached || error instanceof TRPCClientError) && refusalOf(error) === null;
