/**
 * What waits to be sent beside the outbox, as the text of a document or a file does. It is its entity's
 * own, registered in app/sync/registry.ts, and counts for the save state like the outbox.
 */
import type { Observable } from "@/lib/observable.ts";
import type { AccountChannel } from "./outbox/account-channel.ts";
import type { Connection } from "./server/connection.ts";

/** One thing that waits, as a person counts it. */
export type WaitingEntry = {
  id: string;
  label: string;
  /** The server refused it, or it needs the person for something else. */
  refusal?: { message: string } | undefined;
  /** Of what was refused: all of it, to be taken elsewhere. */
  text?: (() => Promise<string>) | undefined;
};

export type QueueNeeds = {
  connection: Connection;
  channel: AccountChannel;
  /** The server does not know it yet: what creates it still waits in the outbox. */
  isPendingCreate: (id: string) => boolean;
  onSignedOut: () => void;
};

export type Queue = {
  waiting: Observable<readonly WaitingEntry[]>;
  /** Whether the last try reached the server; absent where it goes elsewhere, as to a store of files. */
  reachable?: Observable<boolean>;
  isAtRisk(): boolean;
  /** Reads what an earlier visit, or another window, left behind; it may have reached the server. */
  resume(): Promise<void>;
  /** What was created meanwhile may no longer hold something up. */
  pump(): void;
  retry(id: string): unknown;
  discard(id: string): unknown;
  stop(): void;
};

export type QueueKind<Q extends Queue = Queue> = {
  open(needs: QueueNeeds): Q;
  /** On signing out: nothing of this account stays readable here. */
  forget?(account: string): Promise<unknown>;
};

export const defineQueue = <Q extends Queue>(kind: QueueKind<Q>) => kind;
