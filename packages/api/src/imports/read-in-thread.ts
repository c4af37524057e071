/** Starts the thread that reads files, bounds it, and puts together what it says. */
import { Worker } from "node:worker_threads";
import { fileTooHeavy, fileTooSlow } from "./import-refusals.ts";
import type { KeptFile } from "./load-files.ts";
import type { CsvMapping } from "./parse/csv-mapping.ts";
import { ImportFileError } from "./parse/import-file-error.ts";
import type { ImportFormat, ImportPlan, PlannedTask } from "./parse/plan.ts";
import type { ThreadMessage } from "./parse-worker.ts";
import type { ImportPreview } from "./preview-import.ts";

export type ReadRequest = {
  wanted: "plan" | "preview";
  files: Pick<KeptFile, "name" | "gzip">[];
  format: ImportFormat | null;
  mapping: CsvMapping | null;
};

type Bounds = { megabytes: number; seconds: number };
/** A 60 MB export needs some 500 MB while it is read. */
const BOUNDS: Bounds = { megabytes: 1_536, seconds: 120 };
/** More at once would only slow each other down, and add up their memory. */
const THREADS = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./parse-worker.ts" : "./parse-worker.js",
  import.meta.url,
);

export async function readPlan(
  request: Omit<ReadRequest, "wanted">,
  signal: AbortSignal,
  bounds: Bounds = BOUNDS,
): Promise<ImportPlan> {
  const { tasks, plan } = await withThread({ ...request, wanted: "plan" }, signal, bounds);
  if (!plan) throw new Error("broken invariant: the thread ended without a plan");
  return { ...plan, tasks };
}

export async function readPreview(request: Omit<ReadRequest, "wanted">, signal: AbortSignal) {
  const { preview } = await withThread({ ...request, wanted: "preview" }, signal, BOUNDS);
  if (!preview) throw new Error("broken invariant: the thread ended without a preview");
  return preview;
}

async function withThread(request: ReadRequest, signal: AbortSignal, bounds: Bounds) {
  if (running >= THREADS) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    signal.throwIfAborted();
    return await listen(request, signal, bounds);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

type Said = {
  tasks: PlannedTask[];
  plan: Omit<ImportPlan, "tasks"> | null;
  preview: ImportPreview | null;
};

async function listen(request: ReadRequest, signal: AbortSignal, bounds: Bounds): Promise<Said> {
  const thread = new Worker(threadFile, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: bounds.megabytes },
  });
  const said: Said = { tasks: [], plan: null, preview: null };
  const ended = Promise.withResolvers<void>();
  const late = setTimeout(() => ended.reject(fileTooSlow(bounds.seconds)), bounds.seconds * 1_000);
  const abort = () => ended.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  thread.on("message", (message: ThreadMessage) => {
    if (message.kind === "tasks") said.tasks.push(...message.tasks);
    else if (message.kind === "plan") said.plan = message.plan;
    else if (message.kind === "preview") said.preview = message.preview;
    else ended.reject(new ImportFileError(message.reason, message.message));
  });
  thread.once("error", (error) => {
    const outOfMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    ended.reject(outOfMemory ? fileTooHeavy(bounds.megabytes) : error);
  });
  thread.once("exit", () => ended.resolve());
  try {
    await ended.promise;
    return said;
  } finally {
    clearTimeout(late);
    signal.removeEventListener("abort", abort);
    await thread.terminate();
  }
}
