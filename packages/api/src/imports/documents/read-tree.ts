/** Has a thread read an upload, and puts together what it says. */

import type { PlannedFile, PlannedNode, TreeReport } from "@guildhall/importers/documents";
import { DocumentImportRefusal } from "@guildhall/importers/documents";
import type { ReadableFile } from "../load-files.ts";
import { type Bounds, readInThread } from "../reading-thread.ts";
import type { ImportMessage, ImportUpload } from "./tree-thread.ts";

/** 1,400 documents of 9 MB take 20 s of an idle core. */
const BOUNDS: Bounds = { megabytes: 1_024, seconds: 600 };

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const thread = new URL(
  import.meta.url.endsWith(".ts") ? "./tree-thread.ts" : "./tree-thread.js",
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
  { name, size, content }: ReadableFile,
  { signal, onProgress, onFile }: Listener,
  bounds: Bounds = BOUNDS,
): Promise<ReadTree> {
  const nodes: PlannedNode[] = [];
  let report: TreeReport | null = null;
  let keeping: Promise<void> = Promise.resolve();
  try {
    await readInThread<ImportMessage>({
      thread,
      request: { name, size } satisfies ImportUpload,
      contents: [content],
      bounds,
      signal,
      tooHeavy,
      tooSlow,
      onMessage(message, answer, fail) {
        if (message.kind === "progress") onProgress(message.done, message.total);
        else if (message.kind === "nodes") nodes.push(...message.nodes);
        else if (message.kind === "report") report = message.report;
        else if (message.kind === "file") {
          keeping = onFile(message.file);
          keeping.then(() => answer("kept"), fail);
        } else throw new DocumentImportRefusal(message.reason, message.message);
      },
    });
    if (!report) throw new Error("broken invariant: the thread ended without a report");
    return { nodes, report };
  } finally {
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
