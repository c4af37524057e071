/** Who is here now, as the rest may ask for it; `presence/` keeps it, in memory only. */
import type { Actor } from "./context.ts";

/** What somebody looks at: a project's board, a task, or both; nothing of it: elsewhere. */
export type Place = { projectId: string | null; taskId: string | null };

/** A place, and the project that one must be able to see to be told of it. */
export type Spot = Place & { within: string };

export type PersonHere = {
  userId: string;
  /** Those that the receiver may know of; somebody with several tabs has several. */
  places: Place[];
};

/** `isWhole`: these are all there are. Otherwise who came or went elsewhere, and who has gone. */
export type HereEvent = { isWhole: boolean; people: PersonHere[]; gone: string[] };

export type Visit = {
  /** Rejects when this person is no member any more, or the session is over. */
  readonly ended: Promise<never>;
  leave(): void;
};

export type Watch = {
  /** Everyone at first, then what has changed since the last answer; null once it was left. */
  next(): Promise<HereEvent | null>;
  leave(): void;
};

export type Presence = {
  /** Shown as being here until left. The spot was authorised by the caller. */
  stay(workspaceId: string, actor: Actor, spot: Spot | null): Promise<Visit>;
  watch(workspaceId: string, actor: Actor): Promise<Watch>;
};
