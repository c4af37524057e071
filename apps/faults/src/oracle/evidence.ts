/** What a run leaves behind for the oracle to judge. */
import type { FreshRead } from "../people/client-state.ts";
import type { Entry, KeptChange } from "./journal.ts";

export type ClientEvidence = {
  name: string;
  userId: string;
  entries: readonly Entry[];
  /** What the same person reads at the end; null for who is no member then. */
  fresh: FreshRead | null;
  /** Its link was held up then: what arrived late may have left the server in time. */
  heldUp: readonly { from: number; until: number }[];
};

export type Evidence = {
  /** All changes that the database keeps of the one workspace, by number. */
  changes: readonly KeptChange[];
  /** The last number that the database says it gave. */
  lastSeq: number;
  /** Every mutation that the database knows as done. */
  mutationIds: ReadonlySet<string>;
  clients: readonly ClientEvidence[];
  /** By how much this process itself was late between two moments, in milliseconds. */
  lateness(from: number, until: number): number;
};

export type Invariant = "I1" | "I2" | "I3" | "I4" | "I5" | "answers" | "service";

export type Violation = {
  invariant: Invariant;
  /** Whose journal shows it. */
  client: string | null;
  what: string;
  /** The few entries that it takes to see it. */
  journal: readonly Entry[];
};
