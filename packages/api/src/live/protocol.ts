/**
 * What the live subscriptions bring, all of it: a change here that an open page of an earlier version
 * would misread raises the version, and such a page is told to reload when it connects.
 */
import type { Change } from "../core/feed/change.ts";

/** Of the events below. A client that says none was written for the first. */
export const PROTOCOL_VERSION = 1;
export const FIRST_PROTOCOL_VERSION = 1;

/** Tells the client that its cursor means nothing here: read everything afresh, go on from `seq`. */
export type FeedReset = { seq: number; entity: "reset"; op: "reset"; epoch: string };

/**
 * Tells the client that it has all there was up to `seq`. It carries the cursor also to who came
 * without one, so that a connection lost before the first change leaves no hole.
 */
export type FeedLive = { seq: number; entity: "live"; op: "live"; epoch: string };

/** Of `changes.onChange`. */
export type FeedEvent = Change | FeedReset | FeedLive;

/** One entry of a document's log. `update` is a Yjs update (v1) in base64. */
export type LoggedUpdate = {
  /** What its writer called it; null for many in one. */
  id: string | null;
  update: string;
};

/** Of `documents.onUpdate`: to be applied in any order; after it, all there is up to `seq` is there. */
export type DocumentEvent =
  | { kind: "updates"; seq: number; updates: LoggedUpdate[] }
  /** All there was is there. Of another epoch than the cursor's: `reset` came before. */
  | { kind: "live"; seq: number; epoch: string }
  /** This log knows less than the client (a restored backup): what comes is all; push what is missing. */
  | { kind: "reset"; seq: 0; epoch: string };

/** Somebody who has a document open. `userId` and `name` are the server's word, never the client's. */
export type DocumentPerson = {
  /** The one of their Y.Doc and Awareness. */
  clientId: number;
  userId: string;
  name: string;
  /** Where their selection is, as their editor wrote it; null: nowhere. */
  cursor: string | null;
};

/**
 * Of `documents.onAwareness`. `isWhole`: these are all there are. Otherwise those who came or moved,
 * and those who went. `seq` says nothing: who is there has no past.
 */
export type AwarenessEvent = {
  seq: 0;
  isWhole: boolean;
  people: DocumentPerson[];
  gone: { clientId: number; userId: string }[];
};

/** What somebody looks at: a project's board, a task, or both; nothing of it: elsewhere. */
export type Place = {
  projectId: string | null;
  taskId: string | null;
  documentId?: string | null;
  /** A thread of that document. */
  threadId?: string | null;
  /** Writing a comment there, or holding the task: dragging its card, editing its text. */
  doing?: Doing | null;
};

export const doings = ["typing", "holding"] as const;
export type Doing = (typeof doings)[number];

export type PersonHere = {
  userId: string;
  /** Those that the receiver may know of; somebody with several tabs has several. */
  places: Place[];
};

/**
 * Of `presence.onChange`. `isWhole`: these are all there are. Otherwise who came or went elsewhere,
 * and who has gone.
 */
export type PresenceEvent = { isWhole: boolean; people: PersonHere[]; gone: string[] };
