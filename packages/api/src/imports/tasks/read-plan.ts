/** Has a thread read the files of an import, and puts together what it says. */
import {
  type CsvMapping,
  ImportFileError,
  type ImportFormat,
  type ImportPlan,
  type PlannedTask,
  type Reading,
} from "@guildhall/importers/tasks";
import { askOnce, type Bounds, Overrun, workerFile } from "../../jobs/bounded-worker.ts";
import { Seats } from "../../jobs/seats.ts";
import { fileTooHeavy, fileTooLarge, fileTooSlow } from "../import-refusals.ts";
import type { ReadableFile } from "../load-files.ts";
import type { PlanAnswer, PlanCall } from "./plan-thread.ts";

export type ReadRequest = {
  wanted: PlanAnswer["kind"];
  /** As the thread knows them. */
  files: { name: string; size: number }[];
  format: ImportFormat | null;
  mapping: CsvMapping | null;
  reading: Reading | null;
};

type Readable = Omit<ReadRequest, "wanted" | "files"> & { files: ReadableFile[] };

/** A 60 MB export needs some 500 MB while it is read. */
const BOUNDS: Bounds = { megabytes: 1_536, seconds: 120 };
/** All of a file is in memory while it is read, beside what is made of it: more would never fit. */
const MOST_BYTES = 256 * 1024 * 1024;
/** More at once would only slow each other down, and add up their memory. */
const seats = new Seats(2);

export async function readPlan(
  readable: Readable,
  signal: AbortSignal,
  bounds: Bounds = BOUNDS,
): Promise<ImportPlan> {
  const { answer, tasks } = await listen("plan", readable, { signal, bounds });
  if (answer.kind !== "plan") throw unexpected();
  return { ...answer.plan, tasks };
}

export async function readPreview(readable: Readable, signal: AbortSignal) {
  const { answer } = await listen("preview", readable, { signal, bounds: BOUNDS });
  if (answer.kind !== "preview") throw unexpected();
  return answer.preview;
}

const unexpected = () => new Error("broken invariant: the thread answers what it was asked");

async function listen(
  wanted: ReadRequest["wanted"],
  { files, ...how }: Readable,
  { signal, bounds }: { signal: AbortSignal; bounds: Bounds },
) {
  if (files.some(({ size }) => size > MOST_BYTES)) throw fileTooLarge(MOST_BYTES);
  const named = files.map(({ name, size }) => ({ name, size }));
  const request: ReadRequest = { wanted, files: named, ...how };
  const tasks: PlannedTask[] = [];
  const onCall = (call: PlanCall) => {
    if (call.kind === "bytes") return files[call.file]?.read(call.start, call.end);
    tasks.push(...call.tasks);
  };
  const file = workerFile(import.meta.url, "plan-thread");
  const asked = () =>
    askOnce<PlanAnswer, PlanCall>({ file, bounds, signal, onCall }, request).catch((error) => {
      if (!(error instanceof Overrun)) throw error;
      throw error.of === "time" ? fileTooSlow(bounds.seconds) : fileTooHeavy(bounds.megabytes);
    });
  const answer = await seats.with(asked);
  if (answer.kind === "refused") throw new ImportFileError(answer.reason, answer.message);
  return { answer, tasks };
}
