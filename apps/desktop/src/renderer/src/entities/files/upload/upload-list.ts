/**
 * Files that wait to be uploaded, in every window and on this computer. Up to some size the file itself
 * is stored too; a longer one is kept by the windows that are open, and has to be chosen again when all
 * have ended, since no page may open a file of the computer by itself.
 */

import { createObservable } from "@/lib/observable.ts";
import type { AccountChannel } from "@/sync/outbox/account-channel.ts";
import { createWaitingList, type Waiting } from "@/sync/outbox/waiting-list.ts";

export type WaitingUpload = Waiting & {
  /** The file's. */
  id: string;
  /** Where it goes, by the ids that the server asks for. */
  place: Readonly<Record<string, string>>;
  name: string;
  size: number;
  /** As the browser believes; the server looks for itself. */
  type: string;
  lastModified: number;
  /** Null: to be chosen again. */
  file: File | null;
  /** What the server said, when it refused; it then waits for the person. */
  problem?: string | undefined;
};

export type UploadOutcome = "done" | "canceled";

const MOST_BYTES = 64 * 1024 * 1024;

export function createUploadList(channel: AccountChannel) {
  const outcome = createObservable<{ upload: WaitingUpload; outcome: UploadOutcome } | null>(null);
  const list = createWaitingList<WaitingUpload, UploadOutcome>({
    channel,
    database: ["guildhall-uploads", "entries"],
    flushPrefix: "guildhall-last-uploads/",
    // Local storage takes no files.
    encode: () => null,
    decode: (upload: WaitingUpload) => upload,
    toStored: (upload) => (upload.size > MOST_BYTES ? { ...upload, file: null } : upload),
    onRemoved: (upload, how) => how && outcome.set({ upload, outcome: how }),
  });
  return {
    ...list,
    /** What became of the one that left last. */
    outcome,
  };
}
