/** What waits in the outbox, as it is stored on this computer and shown in every window. */
import superjson, { type SuperJSONResult } from "superjson";
import type { Refusal } from "@/sync/server/refusal.ts";
import type { AccountChannel } from "./account-channel.ts";
import { createWaitingList, type Waiting } from "./waiting-list.ts";

export type OutboxEntry = Waiting & {
  /** Also the mutation's id: the server applies it once, however often it is sent. */
  id: string;
  workspaceId: string;
  /** What the person did, for the list of what waits: "Move APP-12". */
  label: string;
  /** Its path; what that means is declared with it. */
  mutation: string;
  input: object;
  /** What is shown until the server answers. */
  shown?: unknown;
  /** Set when the server refused it; it then waits for the person. */
  refusal?: Refusal;
};

/** What became of an entry that left: the server's answer, or that the person discarded it. */
export type Outcome = { answer: unknown } | "discarded";

/** As pages until November 2026 stored it: what is shown in a field of its own for each kind. */
type Earlier = Omit<OutboxEntry, "mutation"> & { act: string } & Partial<
    Record<"shownDocuments" | "swaps" | "documentSwap" | "place", unknown>
  >;

/** An entry of whatever version; `names`: those of now, by those of before. */
export function readEntry(
  stored: OutboxEntry | Earlier,
  names: ReadonlyMap<string, string>,
): OutboxEntry {
  const nameOf = (name: string) => names.get(name) ?? name;
  if (!("act" in stored)) return { ...stored, mutation: nameOf(stored.mutation) };
  const { act, shown, shownDocuments, swaps, documentSwap, place, ...entry } = stored;
  const show = shown ?? shownDocuments ?? swaps ?? documentSwap ?? place;
  return { ...entry, mutation: nameOf(act), ...(show !== undefined && { shown: show }) };
}

type Options = {
  channel: AccountChannel;
  names: ReadonlyMap<string, string>;
  /** Puts the server's answer where it belongs, in every window. */
  onAnswer: (entry: OutboxEntry, answer: unknown) => void;
  onRefused: (entry: OutboxEntry) => void;
  onPut: (from: "here" | "elsewhere" | "store") => void;
};

export const createOutboxList = ({ channel, names, onAnswer, onRefused, onPut }: Options) =>
  createWaitingList<OutboxEntry, Outcome>({
    channel,
    database: ["guildhall-outbox", "entries"],
    flushPrefix: "guildhall-last-edits/",
    encode: (entry) => superjson.serialize(entry),
    decode: (json: SuperJSONResult) => superjson.deserialize<OutboxEntry>(json),
    read: (stored) => readEntry(stored, names),
    onPut(entry, from, before) {
      if (entry.refusal && !before?.refusal && from !== "store") onRefused(entry);
      onPut(from);
    },
    onRemoved(entry, outcome) {
      // A window of an earlier version says something else; the feed brings the same.
      if (typeof outcome === "object" && "answer" in outcome) onAnswer(entry, outcome.answer);
    },
  });
