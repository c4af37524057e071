/** A document's log of updates, as the rest may ask for it; `documents/log/` keeps it. */
import type { Actor } from "./context.ts";
import type { RequestId, Wire } from "./ready-frames.ts";

/** One entry of the log. `update` is a Yjs update (v1) in base64. */
export type LoggedUpdate = {
  /** What its writer called it; null for many in one. */
  id: string | null;
  update: string;
};

/** What a client gets: to be applied in any order; after it, it has all there is up to `seq`. */
export type LogEvent =
  | { kind: "updates"; seq: number; updates: LoggedUpdate[] }
  /** All there was is there. Of another epoch than the cursor's: `reset` came before. */
  | { kind: "live"; seq: number; epoch: string }
  /** This log knows less than the client (a restored backup): what comes is all; push what is missing. */
  | { kind: "reset"; seq: 0; epoch: string };

/** Somebody who has a document open. `userId` and `name` are the server's word, never the client's. */
export type Companion = {
  /** The one of their Y.Doc and Awareness. */
  clientId: number;
  userId: string;
  name: string;
  /** Where their selection is, as their editor wrote it; null: nowhere. */
  cursor: string | null;
};

/**
 * `isWhole`: these are all there are. Otherwise those who came or moved, and those who went.
 * `seq` says nothing: who is here has no past.
 */
export type CompanyEvent = {
  seq: 0;
  isWhole: boolean;
  people: Companion[];
  gone: { clientId: number; userId: string }[];
};

export type Push = {
  documentId: string;
  /** A UUID: the same one again is applied once. */
  id: string;
  /** A Yjs update (v1) in base64. */
  update: string;
  actorId: string;
};

/** Who follows a document: from `enter` on nothing is missed, from `sit` on it is brought. */
export type Follower = {
  /** Brings what comes after `cursor` to this socket, as ready frames. */
  sitAtWire(seat: { wire: Wire; request: RequestId; cursor: number }): void;
  /** Brings it one by one. */
  sit(cursor: number): AsyncIterable<LogEvent>;
  /** Rejects when the right, the session or the document is gone. */
  readonly ended: Promise<never>;
  leave(): void;
};

/** One who has the document open and sees who else has: for as long as they do not leave. */
export type Attendant = {
  sitAtWire(seat: { wire: Wire; request: RequestId }): void;
  sit(): AsyncIterable<CompanyEvent>;
  readonly ended: Promise<never>;
  leave(): void;
};

export type DocumentPlace = { id: string; workspaceId: string };

export type DocumentLog = {
  /** Appends to the log, after the commit of which it answers; for who may edit the document. */
  push(push: Push): Promise<{ seq: number }>;
  /** Whether a large push of theirs would be looked at now, or refused as too often whatever it is. */
  takesLarge(actorId: string): boolean;
  /** After a commit that appended to the log by other means: tells every worker how far it has come. */
  ring(documentId: string, seq: number): void;
  /** For who was found to be allowed to see it, and is asked about again. */
  enter(document: DocumentPlace, actor: Actor): Promise<Follower>;
  /** Shown to the others in the document as being there; the same holds as of `enter`. */
  attend(document: DocumentPlace, actor: Actor, clientId: number): Promise<Attendant>;
  /** Tells those in the document where this person's selection is now. Nothing is kept of it. */
  point(documentId: string, actor: Actor, at: Pick<Companion, "clientId" | "cursor">): void;
};
