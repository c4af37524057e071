/**
 * Files on their way to the server, eight at once. They go on while the person looks elsewhere in
 * the app. A file has its id from the start, and the server keeps what it got under that id, so
 * sending it again after a lost connection never makes a second file.
 */
import { uuidv7 } from "uuidv7";
import { createValue } from "@/sync/value.ts";
import type { UploadTarget } from "./file-place.ts";
import { NotReached } from "./send-file.ts";
import { abandonUpload, sendUpload } from "./send-upload.ts";

export type Upload = {
  /** The file's. */
  id: string;
  place: UploadTarget;
  name: string;
  size: number;
  /** As the browser believes; the server looks for itself. */
  type: string;
  /** `lost`: the connection is; it is tried again by itself. */
  state: "waiting" | "sending" | "lost" | "paused" | "failed" | "done";
  sentBytes: number;
  /** Bytes a second, lately. */
  speed: number;
  problem?: string;
};

type Job = {
  file: File;
  userId: string;
  controller: AbortController;
  tries: number;
  done: PromiseWithResolvers<void>;
};

const AT_ONCE = 8;
const MOST_BYTES = 5 * 1024 ** 3;
const MAX_WAIT_MS = 15_000;

/** All that are not done, and those done a moment ago; oldest first. */
export const uploads = createValue<readonly Upload[]>([]);
const jobs = new Map<string, Job>();

/** `promise` is kept when the server has the file, and broken when it was refused or called off. */
export function addUpload(file: File, place: UploadTarget, userId: string) {
  const id = uuidv7() as string;
  const done = Promise.withResolvers<void>();
  // Whoever does not wait for it sees what became of it in the list.
  done.promise.catch(() => {});
  jobs.set(id, { file, userId, controller: new AbortController(), tries: 0, done });
  const { name, size, type } = file;
  const upload: Upload = { id, place, name, size, type, state: "waiting", sentBytes: 0, speed: 0 };
  uploads.set([...uploads.get(), upload]);
  if (size > MOST_BYTES) fail(id, "It was not sent: a file may have 5 GB at most.");
  else startNext();
  return { ...upload, promise: done.promise };
}

export function pauseUpload(id: string) {
  interrupt(id);
  change(id, { state: "paused", speed: 0 });
  startNext();
}

/** Of what is paused, has failed, or waits for the connection. */
export function resumeUpload(id: string) {
  const job = jobs.get(id);
  if (job) job.tries = 0;
  change(id, { state: "waiting", problem: undefined });
  startNext();
}

export function cancelUpload(id: string) {
  interrupt(id);
  const job = jobs.get(id);
  job?.done.reject(new DOMException("Called off", "AbortError"));
  // What the server has of it goes in any case, some days later.
  if (job) abandonUpload(id, job.userId).catch(() => {});
  forget(id);
  startNext();
}

function interrupt(id: string) {
  const job = jobs.get(id);
  if (!job) return;
  job.controller.abort(new DOMException("Called off", "AbortError"));
  job.controller = new AbortController();
}

function startNext() {
  const list = uploads.get();
  let free = AT_ONCE - list.filter(({ state }) => state === "sending").length;
  for (const { id, state } of list) {
    if (state !== "waiting" || free-- <= 0) continue;
    change(id, { state: "sending" });
    void run(id);
  }
}

async function run(id: string) {
  const job = jobs.get(id);
  const upload = uploads.get().find((each) => each.id === id);
  if (!job || !upload) return;
  const { signal } = job.controller;
  const meter = speedometer();
  try {
    const { file, userId } = job;
    const onProgress = (sentBytes: number) => change(id, { sentBytes, speed: meter(sentBytes) });
    await sendUpload({ id, userId, place: upload.place, file, signal, onProgress });
    change(id, { state: "done", sentBytes: upload.size, speed: 0 });
    job.done.resolve();
    setTimeout(forget, 4_000, id);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof NotReached) waitForConnection(id, job);
    else fail(id, error instanceof Error ? error.message : String(error));
  }
  startNext();
}

/** Tried again when the network says it is back, and every some seconds in any case. */
function waitForConnection(id: string, job: Job) {
  change(id, { state: "lost", speed: 0 });
  const wait = Math.min(MAX_WAIT_MS, 500 * 2 ** job.tries++) * (0.5 + Math.random() / 2);
  const again = () => {
    clearTimeout(timer);
    window.removeEventListener("online", again);
    if (uploads.get().some((each) => each.id === id && each.state === "lost")) {
      change(id, { state: "waiting" });
      startNext();
    }
  };
  const timer = setTimeout(again, wait);
  window.addEventListener("online", again);
}

function fail(id: string, problem: string) {
  change(id, { state: "failed", speed: 0, problem });
  jobs.get(id)?.done.reject(new Error(problem));
}

const change = (id: string, patch: Partial<Upload>) =>
  uploads.set(uploads.get().map((each) => (each.id === id ? { ...each, ...patch } : each)));

function forget(id: string) {
  jobs.delete(id);
  uploads.set(uploads.get().filter((each) => each.id !== id));
}

/** Bytes a second over the last three. */
function speedometer() {
  const seen: { at: number; bytes: number }[] = [];
  return (bytes: number) => {
    const at = performance.now();
    seen.push({ at, bytes });
    while (seen.length > 2 && at - (seen[0]?.at ?? at) > 3_000) seen.shift();
    const first = seen[0] ?? { at, bytes };
    return at > first.at ? ((bytes - first.bytes) / (at - first.at)) * 1_000 : 0;
  };
}
