/**
 * The thread that reads uploaded files: whatever is in them, only this thread's memory and time are
 * at stake. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { parentPort, workerData } from "node:worker_threads";
import type { ImportPlan, PlannedTask } from "@guildhall/importers/tasks";
import { ImportFileError } from "@guildhall/importers/tasks";
import { type OpenedFile, openFile, planOf } from "@guildhall/importers/tasks/parse";
import { readBytes } from "../bytes-in-thread.ts";
import { type ImportPreview, previewImport, previewRefused } from "./preview-import.ts";
import type { ReadRequest } from "./read-plan.ts";

export type ThreadMessage =
  | { kind: "tasks"; tasks: PlannedTask[] }
  | { kind: "plan"; plan: Omit<ImportPlan, "tasks"> }
  | { kind: "preview"; preview: ImportPreview }
  | { kind: "refused"; reason: ImportFileError["reason"]; message: string };

/** The other side decodes a message in one go: small ones never hold up its event loop. */
const TASKS_PER_MESSAGE = 100;

const say = (message: ThreadMessage) => parentPort?.postMessage(message);

/** One file after the other: the bytes of one are gone before those of the next come. */
async function open({ files, format }: ReadRequest): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = [];
  for (const [at, { name, size }] of files.entries()) {
    opened.push(openFile({ name, bytes: await readBytes(at, size) }, format ?? undefined));
  }
  return opened;
}

async function read(request: ReadRequest) {
  const how = { format: request.format ?? undefined, mapping: request.mapping ?? undefined };
  if (request.wanted === "preview") {
    const preview = await open(request).then(
      (opened) => previewImport(opened, how),
      (error: unknown) => previewRefused(error),
    );
    return say({ kind: "preview", preview });
  }
  const { tasks, ...plan } = planOf(await open(request), how);
  for (let i = 0; i < tasks.length; i += TASKS_PER_MESSAGE) {
    say({ kind: "tasks", tasks: tasks.slice(i, i + TASKS_PER_MESSAGE) });
  }
  say({ kind: "plan", plan });
}

try {
  await read(workerData as ReadRequest);
} catch (error) {
  if (!(error instanceof ImportFileError)) throw error;
  say({ kind: "refused", reason: error.reason, message: error.message });
}
