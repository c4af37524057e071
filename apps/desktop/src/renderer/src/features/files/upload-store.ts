/**
 * Uploads under way, as this computer keeps them: they survive a reload and a closed window. Up to
 * some size the file itself is kept too; a longer one has to be chosen again, since no page may open
 * a file of the computer by itself, and goes on where it was.
 */
import { createStore, del, entries, set } from "idb-keyval";
import type { UploadTarget } from "./file-place.ts";

export type KeptUpload = {
  id: string;
  userId: string;
  place: UploadTarget;
  name: string;
  size: number;
  type: string;
  lastModified: number;
  /** Null: to be chosen again. */
  file: File | null;
};

const MOST_BYTES = 64 * 1024 * 1024;
const store = createStore("guildhall-uploads", "entries");

/** Where nothing may be kept, as in a private window, it is not. */
export function keepUpload(upload: KeptUpload & { file: File }) {
  const file = upload.size <= MOST_BYTES ? upload.file : null;
  set(upload.id, { ...upload, file }, store).catch(() => {});
}

export const dropUpload = (id: string) => void del(id, store).catch(() => {});

/** In the order they were added: their ids are UUIDv7. */
export async function readKeptUploads(userId: string): Promise<KeptUpload[]> {
  const kept = await entries<string, KeptUpload>(store);
  return kept
    .map(([, upload]) => upload)
    .filter((upload) => upload.userId === userId)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const lockOf = (id: string) => `guildhall.upload.${id}`;

/** While `done` is open no other window of this browser takes the upload up. */
export function holdUpload(id: string, done: Promise<unknown>) {
  void navigator.locks?.request(lockOf(id), () => done.catch(() => {}));
}

/** That a window which is open is sending it. */
export async function isHeld(id: string): Promise<boolean> {
  if (!navigator.locks) return false;
  return navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => lock === null);
}
