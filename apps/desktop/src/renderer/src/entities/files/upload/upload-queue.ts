/**
 * Files on their way to the server, eight at once, the same in every window of this account: one of
 * them sends, and tells the others how far it is. A file has its id from the start, and the server
 * keeps what it got under that id, so that sending it again after a lost connection, or from another
 * window, never makes a second file.
 */
import { TRPCClientError } from "@trpc/client";
import { invariant } from "@/lib/invariant.ts";
import { combineObservables, createObservable } from "@/lib/observable.ts";
import { createSendLoop } from "@/sync/outbox/send-loop.ts";
import { defineQueue, type QueueNeeds, type WaitingEntry } from "@/sync/queues.ts";
import { Unsendable } from "@/sync/server/refusal.ts";
import { targetKey, type UploadTarget } from "./file-place.ts";
import { NotReached } from "./send-bytes.ts";
import { abandonUpload, sendUpload } from "./send-upload.ts";
import { speedometer } from "./speedometer.ts";
import { createUploadList, type WaitingUpload } from "./upload-list.ts";

/**
 * `lost`: the connection is; it is tried again by itself. `away`: all windows were closed meanwhile,
 * and the file has to be chosen again.
 */
type State = "waiting" | "sending" | "lost" | "paused" | "away" | "failed" | "done";

type Progress = {
  state: "waiting" | "sending" | "lost" | "paused";
  sentBytes: number;
  speed: number;
};

export type Upload = Pick<WaitingUpload, "id" | "place" | "name" | "size" | "type" | "problem"> & {
  state: State;
  sentBytes: number;
  /** Bytes a second, lately. */
  speed: number;
};

type Message =
  | { kind: "progress"; id: string; progress: Progress }
  | { kind: "command"; id: string; command: "pause" | "resume" }
  /** A window has opened and wants to know how far all are. */
  | { kind: "hello" };

const AT_ONCE = 8;
const MOST_BYTES = 5 * 1024 ** 3;
const TELL_EVERY_MS = 250;
const SHOW_DONE_MS = 4_000;
const TOPIC = "upload-progress";
const NONE: Progress = { state: "waiting", sentBytes: 0, speed: 0 };

/** All that are not done, and those done a moment ago; oldest first. */
export const uploads = createObservable<readonly Upload[]>([]);
let queue: ReturnType<typeof createQueue> | null = null;

/** For as long as this person is here: what waits goes on, whatever they look at meanwhile. */
export const uploadQueue = defineQueue({
  open(needs) {
    const opened = createQueue(needs);
    queue = opened;
    const stop = () => {
      opened.stop();
      if (queue === opened) queue = null;
    };
    return { ...opened, stop };
  },
});

const opened = () => invariant(queue, "uploads are of a signed-in page");

/** The answer comes at once, with the id that the file will have. */
export const addUpload = (file: File, place: UploadTarget) => opened().add(file, place);
export const pauseUpload = (id: string) => opened().command(id, "pause");
/** Of what is paused, has failed, or waits for the connection. */
export const resumeUpload = (id: string) => opened().retry(id);
export const cancelUpload = (id: string) => opened().discard(id);
/** The file of an upload that is away; false when this is another one. */
export const giveFile = (id: string, file: File) => opened().giveFile(id, file);
/** Nobody's any more, when this person leaves. */
export function forgetUploads() {
  for (const { id } of uploads.get()) queue?.discard(id);
}

function createQueue({ connection, channel, isPendingCreate, onSignedOut }: QueueNeeds) {
  const { userId } = channel.account;
  const list = createUploadList(channel);
  const progress = new Map<string, Progress>();
  const announcedAt = new Map<string, number>();
  let done: readonly Upload[] = [];
  const isSender = () => channel.isSender.get();
  const itemOf = (id: string) => list.items.get().find((item) => item.id === id);
  const post = (message: Message) => channel.post(TOPIC, message);

  const shown = (item: WaitingUpload): Upload => {
    const { id, place, name, size, type, problem, file } = item;
    const now = progress.get(id) ?? NONE;
    const state = problem ? "failed" : file ? now.state : "away";
    return { id, place, name, size, type, problem, ...now, state };
  };
  const draw = () => uploads.set([...done, ...list.items.get().map(shown)]);

  function change(id: string, patch: Partial<Progress>) {
    const before = progress.get(id) ?? NONE;
    const next = { ...before, ...patch };
    progress.set(id, next);
    draw();
    if (!isSender()) return;
    const now = performance.now();
    if (before.state === next.state && now - (announcedAt.get(id) ?? 0) < TELL_EVERY_MS) return;
    announcedAt.set(id, now);
    post({ kind: "progress", id, progress: next });
  }

  const isDue = ({ id, file, place, problem }: WaitingUpload) =>
    file && !problem && progress.get(id)?.state !== "paused" && !isPendingCreate(targetKey(place));

  const loop = createSendLoop<WaitingUpload>({
    connection,
    channel,
    topic: "upload-sender",
    atOnce: AT_ONCE,
    async prepare() {
      await list.reload();
      // What another window was sending is sent by this one now.
      for (const [id, { state }] of progress) if (state !== "paused") change(id, NONE);
    },
    due: () => list.items.get().filter(isDue),
    // A file too long to be stored goes all the same.
    untilStored: async () => {},
    async send({ id, file, ...item }, signal) {
      change(id, { state: "sending" });
      const meter = speedometer();
      const onProgress = (sentBytes: number) => change(id, { sentBytes, speed: meter(sentBytes) });
      const body = invariant(file, "what is due has its file");
      const place = item.place as UploadTarget;
      await sendUpload({ id, userId, place, file: body, signal, onProgress }).catch(asSaid);
      if (!signal.aborted) void list.remove(id, "done");
    },
    refuse: async ({ id }, { message }) => fail(id, message),
    onUnclear: ({ id }) => change(id, { state: "lost", speed: 0 }),
    onSignedOut,
  });

  function fail(id: string, problem: string) {
    const item = itemOf(id);
    if (item) void list.put({ ...item, problem });
  }

  function changed() {
    draw();
    loop.pump();
  }

  /** What the person wants of it, in the window that sends. */
  function obey(id: string, command: "pause" | "resume") {
    loop.interrupt(id);
    change(id, { state: command === "pause" ? "paused" : "waiting", speed: 0 });
    loop.pump();
  }

  function command(id: string, what: "pause" | "resume") {
    if (isSender()) obey(id, what);
    else post({ kind: "command", id, command: what });
  }

  function giveFile(id: string, file: File): boolean {
    const item = itemOf(id);
    if (item?.size !== file.size || item.name !== file.name) return false;
    void list.put({ ...item, file, problem: undefined });
    command(id, "resume");
    return true;
  }

  /** A file that is chosen for its place once more goes on, rather than a second time. */
  function findAway(file: File, place: UploadTarget): WaitingUpload | undefined {
    const found = list.items.get().find((item) => {
      const isSame = !item.file && item.lastModified === file.lastModified;
      return isSame && targetKey(item.place) === targetKey(place);
    });
    return found && giveFile(found.id, file) ? found : undefined;
  }

  function add(file: File, place: UploadTarget) {
    const { name, size, type, lastModified } = file;
    const isTooLarge = size > MOST_BYTES;
    const id = findAway(file, place)?.id ?? list.nextId();
    if (!itemOf(id)) {
      const about = { id, userId, place, name, size, type, lastModified };
      void list.put({ ...about, file: isTooLarge ? null : file });
      if (isTooLarge) fail(id, "This file wasn't sent: a file can have 5 GB at most.");
    }
    return { id };
  }

  function removed() {
    const left = list.outcome.get();
    if (!left) return;
    const { upload, outcome } = left;
    loop.interrupt(upload.id);
    progress.delete(upload.id);
    announcedAt.delete(upload.id);
    if (outcome === "done") {
      const last: Upload = { ...shown(upload), state: "done", sentBytes: upload.size };
      done = [...done, last];
      setTimeout(() => {
        done = done.filter((each) => each !== last);
        draw();
      }, SHOW_DONE_MS);
    }
  }

  channel.listen<Message>(TOPIC, (message) => {
    if (message.kind === "progress") {
      progress.set(message.id, message.progress);
      draw();
    } else if (!isSender()) return;
    else if (message.kind === "command") obey(message.id, message.command);
    else for (const [id, now] of progress) post({ kind: "progress", id, progress: now });
  });
  const stops = [list.items.watch(changed), list.outcome.watch(removed)];
  const waiting = combineObservables([list.items], () => list.items.get().map(asWaiting));
  draw();
  post({ kind: "hello" });

  return {
    add,
    command,
    giveFile,
    waiting,
    isAtRisk: list.isAtRisk,
    resume: list.reload,
    pump: loop.pump,
    retry(id: string) {
      const item = itemOf(id);
      if (item?.problem) void list.put({ ...item, problem: undefined });
      command(id, "resume");
    },
    discard(id: string) {
      if (!itemOf(id)) return;
      // What the server has of it goes in any case, some days later.
      abandonUpload(id, userId).catch(() => {});
      void list.remove(id, "canceled");
    },
    stop() {
      for (const stop of stops) stop();
      waiting.stop();
      loop.stop();
      list.stop();
      uploads.set([]);
    },
  };
}

const NOT_CHOSEN = { message: "Choose the file again to continue its upload." };

function asWaiting({ id, name, file, problem }: WaitingUpload): WaitingEntry {
  const refusal = problem ? { message: problem } : file ? undefined : NOT_CHOSEN;
  return { id, label: `Upload “${name}”`, refusal };
}

/** What is no word of the server or the network will be no other the next time. */
function asSaid(error: unknown): never {
  if (error instanceof TRPCClientError || error instanceof NotReached) throw error;
  throw new Unsendable(error instanceof Error ? error.message : String(error));
}
