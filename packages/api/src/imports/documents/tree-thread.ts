/**
 * The thread that unpacks and reads what was uploaded: whatever is in it, only this thread's memory
 * and time are at stake. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { parentPort, workerData } from "node:worker_threads";
import type { PlannedFile, PlannedNode, TreeReport } from "@guildhall/importers/documents";
import { DocumentImportRefusal } from "@guildhall/importers/documents";
import { parseTree } from "@guildhall/importers/documents/parse";
import { readBytes } from "../bytes-in-thread.ts";

export type ImportUpload = { name: string; size: number };

export type ImportMessage =
  | { kind: "progress"; done: number; total: number }
  | { kind: "nodes"; nodes: PlannedNode[] }
  /** Answered with any message when it is kept: one file at a time is in memory. */
  | { kind: "file"; file: PlannedFile }
  | { kind: "report"; report: TreeReport }
  | { kind: "refused"; reason: string; message: string };

const say = (message: ImportMessage) => parentPort?.postMessage(message);

async function read({ name, size }: ImportUpload) {
  const report = await parseTree(
    { name, bytes: await readBytes(0, size) },
    {
      progress: (done, total) => say({ kind: "progress", done, total }),
      nodes: (nodes) => say({ kind: "nodes", nodes }),
      file: (file) =>
        new Promise((resolve) => {
          parentPort?.once("message", () => resolve());
          say({ kind: "file", file });
        }),
    },
  );
  say({ kind: "report", report });
  parentPort?.unref();
}

try {
  await read(workerData as ImportUpload);
} catch (error) {
  if (!(error instanceof DocumentImportRefusal)) throw error;
  say({ kind: "refused", reason: error.reason, message: error.message });
}
