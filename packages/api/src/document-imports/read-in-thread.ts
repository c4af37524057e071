/** Starts the thread that reads an upload, bounds it, and puts together what it says. */
import { Worker } from "node:worker_threads";
import { DocumentImportRefusal } from "./import-refusal.ts";
import type { ImportMessage, ImportUpload } from "./import-thread.ts";
import type { PlannedFile, PlannedNode, TreeReport } from "./parse/plan.ts";

type Bounds = { megabytes: number; seconds: number };
/** 1,400 documents of 9 MB take 20 s of an idle core. */
const BOUNDS: Bounds = { megabytes: 1_024, seconds: 600 };

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./import-thread.ts" : "./import-thread.js",
  import.meta.url,
);

export type ReadTree = { nodes: PlannedNode[]; report: TreeReport };

type Listener = {
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
  /** Keeps the bytes; the next file is unpacked when it is done. */
  onFile(file: PlannedFile): Promise<void>;
};

export async function readTree(
  upload: ImportUpload,
  { signal, onProgress, onFile }: Listener,
  bounds: Bounds = BOUNDS,
): Promise<ReadTree> {
  signal.throwIfAborted();
  const thread = new Worker(threadFile, {
    workerData: upload,
    resourceLimits: { maxOldGenerationSizeMb: bounds.megabytes },
  });
  const nodes: PlannedNode[] = [];
  let report: TreeReport | null = null;
  let keeping: Promise<void> = Promise.resolve();
  const ended = Promise.withResolvers<void>();
  const late = setTimeout(() => ended.reject(tooSlow(bounds)), bounds.seconds * 1_000);
  const abort = () => ended.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  thread.on("message", (message: ImportMessage) => {
    if (message.kind === "progress") onProgress(message.done, message.total);
    else if (message.kind === "nodes") nodes.push(...message.nodes);
    else if (message.kind === "report") report = message.report;
    else if (message.kind === "file") {
      keeping = onFile(message.file);
      keeping.then(() => thread.postMessage("kept"), ended.reject);
    } else ended.reject(new DocumentImportRefusal(message.reason, message.message));
  });
  thread.once("error", (error) => {
    const outOfMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    ended.reject(outOfMemory ? tooHeavy(bounds) : error);
  });
  thread.once("exit", () => ended.resolve());
  try {
    await ended.promise;
    if (!report) throw new Error("broken invariant: the thread ended without a report");
    return { nodes, report };
  } finally {
    clearTimeout(late);
    signal.removeEventListener("abort", abort);
    await thread.terminate();
    // So that whoever cleans up knows of every file.
    await keeping.catch(() => {});
  }
}

const tooHeavy = ({ megabytes }: Bounds) =>
  new DocumentImportRefusal(
    "import_needs_too_much_memory",
    `Reading this needs more than ${megabytes} MB of memory. Import the folders one by one.`,
  );

const tooSlow = ({ seconds }: Bounds) =>
  new DocumentImportRefusal(
    "import_takes_too_long",
    `Reading this takes longer than ${seconds / 60} minutes. Import the folders one by one.`,
  );
