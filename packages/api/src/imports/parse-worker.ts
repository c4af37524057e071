/**
 * The thread that reads uploaded files: whatever is in them, only this thread's memory and time are
 * at stake. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import { ImportFileError } from "./parse/import-file-error.ts";
import { parseImport } from "./parse/parse-import.ts";
import type { ImportFile, ImportPlan, PlannedTask } from "./parse/plan.ts";
import { type ImportPreview, previewImport } from "./preview-import.ts";
import type { ReadRequest } from "./read-in-thread.ts";

export type ThreadMessage =
  | { kind: "tasks"; tasks: PlannedTask[] }
  | { kind: "plan"; plan: Omit<ImportPlan, "tasks"> }
  | { kind: "preview"; preview: ImportPreview }
  | { kind: "refused"; reason: ImportFileError["reason"]; message: string };

/** The other side decodes a message in one go: small ones never hold up its event loop. */
const TASKS_PER_MESSAGE = 100;

const say = (message: ThreadMessage) => parentPort?.postMessage(message);

function read({ wanted, files: kept, format, mapping }: ReadRequest) {
  const files: ImportFile[] = kept.map(({ name, gzip }) => ({ name, bytes: gunzipSync(gzip) }));
  const request = { files, ...(format && { format }), ...(mapping && { mapping }) };
  if (wanted === "preview") return say({ kind: "preview", preview: previewImport(request) });
  const { tasks, ...plan } = parseImport(request);
  for (let i = 0; i < tasks.length; i += TASKS_PER_MESSAGE) {
    say({ kind: "tasks", tasks: tasks.slice(i, i + TASKS_PER_MESSAGE) });
  }
  say({ kind: "plan", plan });
}

try {
  read(workerData as ReadRequest);
} catch (error) {
  if (!(error instanceof ImportFileError)) throw error;
  say({ kind: "refused", reason: error.reason, message: error.message });
}
