/**
 * Edits of documents' texts that the server has not committed yet, on this computer. Written before
 * they are sent; what is in here survives a closed window, a reload without a network and a lost
 * power.
 */
import type { AccountChannel } from "@/sync/outbox/account-channel.ts";
import { createWaitingList, type Waiting } from "@/sync/outbox/waiting-list.ts";
import type { Refusal } from "@/sync/server/refusal.ts";
import { fromBase64, toBase64 } from "./transport.ts";

export type DocumentEdit = Waiting & {
  /** The server keeps it once under this id, however often it is sent. */
  id: string;
  workspaceId: string;
  documentId: string;
  /** What the person is told about it: the title as it was. */
  title: string;
  /** A Yjs update (v1). It never changes under the same id. */
  update: Uint8Array;
  /** Set when the server refused it; it then waits for the person. */
  refusal?: Refusal;
};

/** What became of an edit that left; cut: it waits on, in pieces. */
export type Outcome = "committed" | "discarded" | "cut";

type Flushed = Omit<DocumentEdit, "update"> & { update: string };
type From = "here" | "elsewhere" | "store";

type Options = {
  channel: AccountChannel;
  onPut: (edit: DocumentEdit, from: From, before: DocumentEdit | undefined) => void;
  onRemoved: (edit: DocumentEdit, outcome: Outcome | undefined, from: "here" | "elsewhere") => void;
};

export const createEditList = ({ channel, onPut, onRemoved }: Options) =>
  createWaitingList<DocumentEdit, Outcome>({
    channel,
    database: ["guildhall-document-edits", "edits"],
    flushPrefix: "guildhall-last-words/",
    encode: (edit): Flushed => ({ ...edit, update: toBase64(edit.update) }),
    decode: (flushed: Flushed) => ({ ...flushed, update: fromBase64(flushed.update) }),
    onPut,
    onRemoved,
  });
