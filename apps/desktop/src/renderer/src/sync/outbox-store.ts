/** The outbox's place on this computer: what is in it survives a closed window and a lost power. */
import { createStore, entries } from "idb-keyval";
import type { Act } from "./acts.ts";
import { dropAtOnce, keepAtOnce } from "./keep-at-once.ts";
import type { DocumentRow, TaskRow } from "./shapes.ts";
import type { Swap } from "./swap-tasks.ts";

export type OutboxEntry = Act & {
  /** Also the mutation's id: the server applies it once, however often it is sent. */
  id: string;
  userId: string;
  workspaceId: string;
  /** What the person did, for the list of what waits: "Move APP-12". */
  label: string;
  /** A new task as it is shown until the server has numbered it. */
  shown?: TaskRow;
  /** Documents as they are shown until the server answers: a new one, or what comes out of the bin. */
  shownDocuments?: DocumentRow[];
  /** What an undo shows until the server answers. */
  swaps?: Swap[];
  /** Where a moved task or document is shown until the server has ranked it. */
  place?: { rank: string };
  /** Set when the server refused it; it then waits for the person. */
  refusal?: { reason: string; message: string };
};

const store = createStore("guildhall-outbox", "entries");

export const keep = (entry: OutboxEntry) => keepAtOnce(store, entry);
export const drop = (id: string) => dropAtOnce(store, id);

/** In the order they were made: their ids are UUIDv7. */
export async function readKept(userId: string): Promise<OutboxEntry[]> {
  const kept = await entries<string, OutboxEntry>(store);
  return kept
    .map(([, entry]) => entry)
    .filter((entry) => entry.userId === userId)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
