/** Has a thread read the files of an import, and puts together what it says. */

import type { CsvMapping, ImportFormat, ImportPlan, PlannedTask } from "@guildhall/importers/tasks";
import { ImportFileError } from "@guildhall/importers/tasks";
import { fileTooHeavy, fileTooSlow } from "../import-refusals.ts";
import type { ReadableFile } from "../load-files.ts";
import { type Bounds, readInThread, Seats } from "../reading-thread.ts";
import type { ThreadMessage } from "./plan-thread.ts";
import type { ImportPreview } from "./preview-import.ts";

/** As the thread knows them. */
type NamedFile = { name: string; size: number };

export type ReadRequest = {
  wanted: "plan" | "preview";
  files: NamedFile[];
  format: ImportFormat | null;
  mapping: CsvMapping | null;
};

type Reading = Pick<ReadRequest, "format" | "mapping"> & { files: ReadableFile[] };

/** A 60 MB export needs some 500 MB while it is read. */
const BOUNDS: Bounds = { megabytes: 1_536, seconds: 120 };
/** More at once would only slow each other down, and add up their memory. */
const seats = new Seats(2);

/** From source the thread runs the source; the bundle has it as a file beside itself. */
const thread = new URL(
  import.meta.url.endsWith(".ts") ? "./plan-thread.ts" : "./plan-thread.js",
  import.meta.url,
);

export async function readPlan(
  reading: Reading,
  signal: AbortSignal,
  bounds: Bounds = BOUNDS,
): Promise<ImportPlan> {
  const { tasks, plan } = await listen("plan", reading, { signal, bounds });
  if (!plan) throw new Error("broken invariant: the thread ended without a plan");
  return { ...plan, tasks };
}

export async function readPreview(reading: Reading, signal: AbortSignal) {
  const { preview } = await listen("preview", reading, { signal, bounds: BOUNDS });
  if (!preview) throw new Error("broken invariant: the thread ended without a preview");
  return preview;
}

type Said = {
  tasks: PlannedTask[];
  plan: Omit<ImportPlan, "tasks"> | null;
  preview: ImportPreview | null;
};

async function listen(
  wanted: ReadRequest["wanted"],
  { files, format, mapping }: Reading,
  { signal, bounds }: { signal: AbortSignal; bounds: Bounds },
): Promise<Said> {
  const said: Said = { tasks: [], plan: null, preview: null };
  const named = files.map(({ name, size }) => ({ name, size }));
  await seats.with(() =>
    readInThread<ThreadMessage>({
      thread,
      request: { wanted, files: named, format, mapping } satisfies ReadRequest,
      contents: files.map(({ content }) => content),
      bounds,
      signal,
      tooHeavy: ({ megabytes }) => fileTooHeavy(megabytes),
      tooSlow: ({ seconds }) => fileTooSlow(seconds),
      onMessage(message) {
        if (message.kind === "tasks") said.tasks.push(...message.tasks);
        else if (message.kind === "plan") said.plan = message.plan;
        else if (message.kind === "preview") said.preview = message.preview;
        else throw new ImportFileError(message.reason, message.message);
      },
    }),
  );
  return said;
}
