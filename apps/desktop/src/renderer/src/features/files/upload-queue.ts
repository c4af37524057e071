/**
 * Files on their way to the server, eight at once. They go on while the person looks elsewhere in
 * the app. A file has its id from the start, and the server keeps what it got under that id, so
 * sending it again after a lost connection never makes a second file.
 */
import { uuidv7 } from "uuidv7";
import { createValue } from "@/sync/value.ts";
import { targetKey, type UploadTarget } from "./file-place.ts";
import { NotReached } from "./send-file.ts";
import { abandonUpload, sendUpload } from "./send-upload.ts";
import { dropUpload, holdUpload, isHeld, keepUpload, readKeptUploads } from "./upload-store.ts";

export type Upload = {
  /** The file's. */
  id: string;
  place: UploadTarget;
  name: string;
  size: number;
  /** As the browser believes; the server looks for itself. */
  type: string;
  /**
   * `lost`: the connection is; it is tried again by itself. `away`: the page was left meanwhile, and
   * the file has to be chosen again.
   */
  state: "waiting" | "sending" | "lost" | "paused" | "away" | "failed" | "done";
  sentBytes: number;
  /** Bytes a second, lately. */
  speed: number;
  problem?: string;
};

type Job = {
  /** Null of what is away. */
  file: File | null;
  lastModified: number;
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
  const known = findAway(file, place, userId);
  if (known) return known;
  const { name, size, type, lastModified } = file;
  const id = uuidv7() as string;
  const added = take({ id, place, name, size, type }, { file, lastModified, userId });
  if (size > MOST_BYTES) {
    fail(id, "Not uploaded: files can be up to 5 GB.");
  } else {
    keepUpload({ id, userId, place, name, size, type, lastModified, file });
    startNext();
  }
  return added;
}

type Known = Pick<Upload, "id" | "place" | "name" | "size" | "type">;

function take(known: Known, about: Pick<Job, "file" | "lastModified" | "userId">) {
  const done = Promise.withResolvers<void>();
  // Whoever does not wait for it sees what became of it in the list.
  done.promise.catch(() => {});
  holdUpload(known.id, done.promise);
  jobs.set(known.id, { ...about, controller: new AbortController(), tries: 0, done });
  const state = about.file ? "waiting" : "away";
  const upload: Upload = { ...known, state, sentBytes: 0, speed: 0 };
  uploads.set([...uploads.get(), upload]);
  return { ...upload, promise: done.promise };
}

/** What was under way when the page was left: goes on by itself, or once its file is chosen again. */
export async function resumeKeptUploads(userId: string) {
  for (const { file, lastModified, ...known } of await readKeptUploads(userId)) {
    if ((await isHeld(known.id)) || jobs.has(known.id)) continue;
    const { id, place, name, size, type } = known;
    take({ id, place, name, size, type }, { file, lastModified, userId });
  }
  startNext();
}

/** Nobody's any more, when this person leaves. */
export function forgetUploads() {
  for (const { id } of uploads.get()) cancelUpload(id);
}

/** The file of an upload that is away; false when this is another one. */
export function giveFile(id: string, file: File): boolean {
  const job = jobs.get(id);
  const upload = uploads.get().find((each) => each.id === id);
  if (!job || upload?.size !== file.size || upload.name !== file.name) return false;
  job.file = file;
  resumeUpload(id);
  return true;
}

/** A file that is chosen for its place once more goes on, rather than a second time. */
function findAway(file: File, place: UploadTarget, userId: string) {
  const found = uploads.get().find(({ id, ...upload }) => {
    const job = jobs.get(id);
    const isSame = job?.userId === userId && job.lastModified === file.lastModified;
    return upload.state === "away" && isSame && targetKey(upload.place) === targetKey(place);
  });
  const job = found && jobs.get(found.id);
  return found && job && giveFile(found.id, file) ? { ...found, promise: job.done.promise } : null;
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
  job?.done.reject(new DOMException("Cancelled", "AbortError"));
  // What the server has of it goes in any case, some days later.
  if (job) abandonUpload(id, job.userId).catch(() => {});
  dropUpload(id);
  forget(id);
  startNext();
}

function interrupt(id: string) {
  const job = jobs.get(id);
  if (!job) return;
  job.controller.abort(new DOMException("Cancelled", "AbortError"));
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
  if (!job?.file || !upload) return;
  const { signal } = job.controller;
  const meter = speedometer();
  try {
    const { file, userId } = job;
    const onProgress = (sentBytes: number) => change(id, { sentBytes, speed: meter(sentBytes) });
    await sendUpload({ id, userId, place: upload.place, file, signal, onProgress });
    change(id, { state: "done", sentBytes: upload.size, speed: 0 });
    dropUpload(id);
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
  dropUpload(id);
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
