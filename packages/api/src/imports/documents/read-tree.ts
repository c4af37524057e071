/** Has a thread read an upload, and puts together what it says. */
import {
  DocumentImportRefusal,
  type PlannedFile,
  type PlannedNode,
  type TreeReport,
} from "@guildhall/importers/documents";
import { invariant } from "../../core/errors.ts";
import { askOnce, type Bounds, Overrun, workerFile } from "../../jobs/bounded-worker.ts";
import type { ReadableFile } from "../load-files.ts";
import type { ImportUpload, TreeAnswer, TreeCall } from "./tree-thread.ts";

/** 1,400 documents of 9 MB take 20 s of an idle core; 2 GB of pictures a minute beside a slow disk. */
const BOUNDS: Bounds = { megabytes: 1_024, seconds: 1_800 };

export type ReadTree = { nodes: PlannedNode[]; report: TreeReport };

type Listener = {
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
  /** Stores the bytes as they come; the next file is unpacked when it is done. */
  onFile(file: PlannedFile): Promise<void>;
};

export async function readTree(
  { name, size, read }: ReadableFile,
  { signal, onProgress, onFile }: Listener,
  bounds: Bounds = BOUNDS,
): Promise<ReadTree> {
  const nodes: PlannedNode[] = [];
  let storing: Storing | null = null;

  function begin(file: Omit<PlannedFile, "content">) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const pieces = writable.getWriter();
    // Should it not be stored, the piece that waits is refused, and so is the thread.
    const done = onFile({ ...file, content: readable });
    done.catch((error) => pieces.abort(error)).catch(() => {});
    storing = { done, pieces };
  }

  async function take(bytes: Uint8Array | null) {
    const { done, pieces } = invariant(storing, "a piece of a file that was begun");
    if (bytes) return Promise.race([pieces.write(bytes), done]);
    await pieces.close();
    await done;
  }

  const onCall = (call: TreeCall) => {
    if (call.kind === "bytes") return read(call.start, call.end);
    if (call.kind === "file") return begin(call.file);
    if (call.kind === "piece") return take(call.bytes);
    if (call.kind === "nodes") nodes.push(...call.nodes);
    else onProgress(call.done, call.total);
  };
  const file = workerFile(import.meta.url, "tree-thread");
  const request: ImportUpload = { name, size };
  try {
    const options = { file, bounds, signal, onCall };
    const answer = await askOnce<TreeAnswer, TreeCall>(options, request).catch(explain(bounds));
    if (answer.kind === "refused") throw new DocumentImportRefusal(answer.reason, answer.message);
    return { nodes, report: answer.report };
  } catch (error) {
    // So that whoever cleans up knows of every file.
    await end(storing, error);
    throw error;
  }
}

type Storing = { done: Promise<void>; pieces: WritableStreamDefaultWriter<Uint8Array> };

async function end(storing: Storing | null, why: unknown) {
  await storing?.pieces.abort(why).catch(() => {});
  await storing?.done.catch(() => {});
}

const explain =
  ({ megabytes, seconds }: Bounds) =>
  (error: unknown): never => {
    if (!(error instanceof Overrun)) throw error;
    throw error.of === "time"
      ? new DocumentImportRefusal(
          "import_takes_too_long",
          `Reading this takes longer than ${seconds / 60} minutes. Import the folders one by one.`,
        )
      : new DocumentImportRefusal(
          "import_needs_too_much_memory",
          `Reading this needs more than ${megabytes} MB of memory. Import the folders one by one.`,
        );
  };
