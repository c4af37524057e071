/** What one virtual client saw and did, in the order in which it happened to it. */
import type { Change, FeedEvent, RouterOutputs } from "@guildhall/api/client";

export type Workspace = RouterOutputs["workspaces"]["open"];
export type TaskRow = RouterOutputs["tasks"]["list"]["items"][number];

/** A change with those who may see it, as the database keeps it. */
export type KeptChange = Change & { scopeId: string | null; audienceUserId: string | null };

export type Happening =
  /** A mutation goes out for the first time. */
  | { kind: "sent"; mutationId: string; path: string; input: object }
  /** No answer, or one that leaves open whether it was applied: it is sent again. */
  | { kind: "unclear"; mutationId: string; why: string }
  | { kind: "acknowledged"; mutationId: string; answer: unknown }
  | { kind: "refused"; mutationId: string; reason: string }
  /** Follows the feed after this number from here on. */
  | { kind: "subscribed"; seq: number }
  | { kind: "received"; event: FeedEvent }
  /** The server ended the subscription, with this reason. */
  | { kind: "ended"; reason: string }
  | { kind: "read"; workspace: Workspace }
  /** All tasks of a project that are not in the bin; null when the person may not see it. */
  | { kind: "board"; projectId: string; board: { seq: number; tasks: TaskRow[] } | null };

/** `at` in milliseconds of the wall clock, which all processes of a run share. */
export type Entry = Happening & { at: number };

export type Journal = {
  readonly entries: readonly Entry[];
  write(happening: Happening): void;
};

export function createJournal(now: () => number = Date.now): Journal {
  const entries: Entry[] = [];
  return { entries, write: (happening) => void entries.push({ ...happening, at: now() }) };
}

/** One line an entry, for people. */
export function describe(entry: Entry): string {
  const at = new Date(entry.at).toISOString().slice(11, 23);
  switch (entry.kind) {
    case "sent":
      return `${at} sent ${entry.path} ${entry.mutationId} ${short(entry.input)}`;
    case "unclear":
      return `${at} unclear ${entry.mutationId}: ${entry.why}`;
    case "acknowledged":
      return `${at} acknowledged ${entry.mutationId} ${short(entry.answer)}`;
    case "refused":
      return `${at} refused ${entry.mutationId}: ${entry.reason}`;
    case "subscribed":
      return `${at} subscribed after ${entry.seq}`;
    case "received":
      return `${at} received ${describeEvent(entry.event)}`;
    case "ended":
      return `${at} ended: ${entry.reason}`;
    case "read":
      return `${at} read the workspace at ${entry.workspace.seq} as ${entry.workspace.role}`;
    case "board":
      return `${at} read the board ${entry.projectId} ${entry.board ? `at ${entry.board.seq}, ${entry.board.tasks.length} tasks` : "(may not)"}`;
  }
}

/** A row, and not a word about the feed itself. */
export const isChange = (event: FeedEvent): event is Change => "actorId" in event;

function describeEvent(event: FeedEvent): string {
  if (!isChange(event)) return `${event.seq} ${event.entity}`;
  return `${event.seq} ${event.entity} ${event.op} ${event.id} ${short(event.row)}`;
}

const short = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 160);
