import {
  askOnce,
  type Bounds,
  Overrun,
  Unanswerable,
  workerFile,
} from "../../jobs/bounded-worker.ts";
import type { ReadAnswer, ReadRequest } from "./reading.ts";

/** A hundred megapixels need some 500 MB while they are made small. */
const BOUNDS: Bounds = { megabytes: 1_024, seconds: 60 };

/** Resolves to a reason when the process overran its bounds or died of the file. */
export async function readInProcess(
  request: ReadRequest,
  signal: AbortSignal,
  bounds: Bounds = BOUNDS,
): Promise<{ answer: ReadAnswer } | { died: string }> {
  const file = workerFile(import.meta.url, "file-reader");
  try {
    return { answer: await askOnce<ReadAnswer>({ file, bounds, signal, as: "process" }, request) };
  } catch (error) {
    if (error instanceof Overrun || error instanceof Unanswerable) return { died: error.message };
    throw error;
  }
}
