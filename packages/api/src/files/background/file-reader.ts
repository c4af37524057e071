/**
 * The process that reads one file of a stranger, and ends. It knows nothing of the server: no
 * settings, no database. Whatever the file does to it, only this process is at stake. A process, and no
 * thread: images are decoded by native code. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { serve } from "../../jobs/worker-side.ts";
import { makeThumbnail } from "./make-thumbnail.ts";
import { readText } from "./read-text.ts";
import type { ReadAnswer, ReadRequest, Said } from "./reading.ts";

async function attempt<T>(isWanted: boolean, make: () => Promise<T>): Promise<Said<T>> {
  if (!isWanted) return { made: null };
  try {
    return { made: await make() };
  } catch (error) {
    return { declined: error instanceof Error ? error.message : String(error) };
  }
}

serve<ReadRequest>(
  async ({ path, type, isSquare = false, ...wanted }): Promise<ReadAnswer> => ({
    thumbnail: await attempt(wanted.thumbnail, () => makeThumbnail(path, { type, isSquare })),
    text: await attempt(wanted.text, () => readText(path, type)),
  }),
);
