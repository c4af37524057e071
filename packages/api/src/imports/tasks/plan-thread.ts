/**
 * The thread that reads uploaded files: whatever is in them, only this thread's memory and time are
 * at stake. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { ImportFileError, type ImportPlan, type PlannedTask } from "@guildhall/importers/tasks";
import { type OpenedFile, openFile, planOf } from "@guildhall/importers/tasks/parse";
import { type Caller, serve } from "../../jobs/worker-side.ts";
import { type ImportPreview, previewImport, previewRefused } from "./preview-import.ts";
import type { ReadRequest } from "./read-plan.ts";

/** Of the file's number in the request, from `start` up to `end`. */
export type PlanCall =
  | { kind: "bytes"; file: number; start: number; end: number }
  | { kind: "tasks"; tasks: PlannedTask[] };

export type PlanAnswer =
  /** Its tasks were called before. */
  | { kind: "plan"; plan: Omit<ImportPlan, "tasks"> }
  | { kind: "preview"; preview: ImportPreview }
  | { kind: "refused"; reason: ImportFileError["reason"]; message: string };

/** The other side decodes a message in one go: small ones never hold up its event loop. */
const TASKS_PER_MESSAGE = 100;
const PIECE = 4 * 1024 * 1024;

type Server = Caller<PlanCall>;

async function readAll(server: Server, file: number, size: number): Promise<Buffer> {
  const all = Buffer.alloc(size);
  for (let start = 0; start < size; start += PIECE) {
    const end = Math.min(size, start + PIECE);
    all.set(await server.ask<Uint8Array>({ kind: "bytes", file, start, end }), start);
  }
  return all;
}

/** One file after the other: the bytes of one are gone before those of the next come. */
async function open({ files, format }: ReadRequest, server: Server): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = [];
  for (const [at, { name, size }] of files.entries()) {
    opened.push(openFile({ name, bytes: await readAll(server, at, size) }, format ?? undefined));
  }
  return opened;
}

async function read(request: ReadRequest, server: Server): Promise<PlanAnswer> {
  const { format, mapping, reading } = request;
  const how = {
    format: format ?? undefined,
    mapping: mapping ?? undefined,
    reading: reading ?? undefined,
  };
  if (request.wanted === "preview") {
    const preview = await open(request, server).then(
      (opened) => previewImport(opened, how),
      (error: unknown) => previewRefused(error),
    );
    return { kind: "preview", preview };
  }
  const { tasks, ...plan } = planOf(await open(request, server), how);
  for (let i = 0; i < tasks.length; i += TASKS_PER_MESSAGE) {
    server.say({ kind: "tasks", tasks: tasks.slice(i, i + TASKS_PER_MESSAGE) });
  }
  return { kind: "plan", plan };
}

serve<ReadRequest, PlanCall>((request, server) =>
  read(request, server).catch((error: unknown): PlanAnswer => {
    if (!(error instanceof ImportFileError)) throw error;
    return { kind: "refused", reason: error.reason, message: error.message };
  }),
);
