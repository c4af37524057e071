/** What waits in the outbox, as it is stored on this computer and shown in every window. */
import superjson, { type SuperJSONResult } from "superjson";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import type { DocumentSwap } from "@/entities/documents/sync/swap-document.ts";
import type { TaskSwap } from "@/entities/tasks/sync/swap-tasks.ts";
import type { TaskRow } from "@/entities/tasks/sync/task.ts";
import type { Act, Answer } from "@/sync/mutations.ts";
import type { AccountChannel } from "./account-channel.ts";
import { createWaitingList, type Waiting } from "./waiting-list.ts";

export type OutboxEntry = Act &
  Waiting & {
    /** Also the mutation's id: the server applies it once, however often it is sent. */
    id: string;
    workspaceId: string;
    /** What the person did, for the list of what waits: "Move APP-12". */
    label: string;
    /** A new task as it is shown until the server has numbered it. */
    shown?: TaskRow;
    /** Documents as they are shown until the server answers: a new one, or what comes out of the bin. */
    shownDocuments?: DocumentRow[];
    /** What an undo shows until the server answers. */
    swaps?: TaskSwap[];
    documentSwap?: DocumentSwap;
    /** Where a moved task or document is shown until the server has ranked it. */
    place?: { rank: string };
    /** Set when the server refused it; it then waits for the person. */
    refusal?: { reason: string; message: string };
  };

/** Under these names a page of an earlier version left them on this computer. */
const renamed: Record<string, OutboxEntry["act"]> = {
  "documentComments.begin": "threads.begin",
  "documentComments.reply": "comments.create",
  "documentComments.update": "comments.update",
  "documentComments.delete": "comments.delete",
  "documentComments.restore": "comments.restore",
  "documentComments.resolve": "threads.resolve",
  "documentComments.reopen": "threads.reopen",
  "documentComments.reanchor": "threads.reanchor",
};

export function readEntry(json: SuperJSONResult): OutboxEntry {
  const entry = superjson.deserialize<OutboxEntry>(json);
  return { ...entry, act: renamed[entry.act] ?? entry.act } as OutboxEntry;
}

/** What became of an entry that left: the server's answer, or that the person discarded it. */
export type Outcome = Answer | "discarded";

type Options = {
  channel: AccountChannel;
  /** Puts the server's answer where it belongs, in every window. */
  onAnswer: (entry: OutboxEntry, answer: Answer) => void;
  onRefused: (entry: OutboxEntry) => void;
  onPut: (from: "here" | "elsewhere" | "store") => void;
};

export const createOutboxList = ({ channel, onAnswer, onRefused, onPut }: Options) =>
  createWaitingList<OutboxEntry, Outcome>({
    channel,
    database: ["guildhall-outbox", "entries"],
    flushPrefix: "guildhall-last-edits/",
    encode: (entry) => superjson.serialize(entry),
    decode: readEntry,
    onPut(entry, from, before) {
      if (entry.refusal && !before?.refusal && from !== "store") onRefused(entry);
      onPut(from);
    },
    onRemoved(entry, outcome) {
      if (outcome && outcome !== "discarded") onAnswer(entry, outcome);
    },
  });
