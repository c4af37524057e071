/** The live engine's configurations, as the rest may ask for them. */

import type { Actor } from "../core/context.ts";
import type { RoutedChange } from "../core/feed/change.ts";
import type { Cursor } from "./log-channel.ts";
import type { Subscription } from "./membership.ts";
import type { Place } from "./protocol.ts";

export type FeedService = {
  /** After a commit, with the changes it made: tells every worker, this one included. */
  notify(workspaceId: string, changes: RoutedChange[]): void;
  /** For a member of the workspace; who they are and what they may see is asked about again. */
  subscribe(workspaceId: string, actor: Actor, from: Cursor): Promise<Subscription>;
};

/** A place, and the access scope that one must be able to see to be told of it. */
export type Spot = Place & {
  /** Null: everybody in the workspace may see it. */ scopeId: string | null;
};

export type PresenceService = {
  /** Shown as being here until left. The spot was authorised by the caller. */
  join(workspaceId: string, actor: Actor, spot: Spot | null): Promise<Subscription>;
  /** Everyone at first, then what has changed. */
  subscribe(workspaceId: string, actor: Actor): Promise<Subscription>;
};

export type Push = {
  documentId: string;
  /** A UUID: the same one again is applied once. */
  id: string;
  /** A Yjs update (v1) in base64. */
  update: string;
  actorId: string;
};

export type DocumentPlace = { id: string; workspaceId: string };

/** For who was found to be allowed to see the document, and is asked about again. */
export type DocumentLogService = {
  /** Appends to the log, after the commit of which it answers; for who may edit the document. */
  push(push: Push): Promise<{ seq: number }>;
  /** Whether a large push of theirs would be looked at now, or refused as too often whatever it is. */
  takesLarge(actorId: string): boolean;
  subscribe(document: DocumentPlace, actor: Actor, from: Cursor): Promise<Subscription>;
  /** Shown to the others in the document as being there, and told who else is. */
  joinAwareness(document: DocumentPlace, actor: Actor, clientId: number): Promise<Subscription>;
  /** Tells those in the document where this person's selection is now. Nothing is stored of it. */
  moveCursor(documentId: string, actor: Actor, at: CursorMove): void;
};

export type CursorMove = { clientId: number; cursor: string | null };

declare module "../core/context.ts" {
  interface LiveServices {
    feed: FeedService;
    presence: PresenceService;
    documentLog: DocumentLogService;
  }
}
