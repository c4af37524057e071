/** What the people of one workspace share on a worker: its feed, what each may see, and who is here. */

import { readCursor } from "../core/feed/read-feed.ts";
import { type Audience, GONE, readAudiences } from "../core/visibility/audiences.ts";
import { EncodedEvent } from "../live/encoded-batch.ts";
import { LogChannel, type LogConfig } from "../live/log-channel.ts";
import { LogTopic } from "../live/log-topic.ts";
import type { LiveNeeds } from "../live/needs.ts";
import { PermissionCache } from "../live/permission-cache.ts";
import type { PresenceMessage, PresenceTimes } from "../live/presence-channel.ts";
import type { FeedLive, FeedReset, PersonHere } from "../live/protocol.ts";
import {
  createWorkspacePresence,
  type Here,
  moveReader,
  readsDocument,
  type WorkspacePresence,
} from "../presence/channel.ts";
import { batchFor } from "./audience-batch.ts";
import { ChangeMessage, type ChangeTuple } from "./change-message.ts";
import { readChanges, readFeedEnds } from "./read-changes.ts";
import { mayMove, placeAgain } from "./standing.ts";

const MEMORY = { entries: 2_000, bytes: 4 * 1024 * 1024 };
const RIGHTS = new Set<string>([
  ...["workspace", "member", "project", "projectMember", "access", "documentAccess"],
]);

export const changesRights = (changes: { entity: string }[]) =>
  changes.some(({ entity }) => RIGHTS.has(entity));

export const channels = {
  feed: (workspaceId: string) => `feed:${workspaceId}`,
  presence: (workspaceId: string) => `presence:${workspaceId}`,
};

export type Listener = (changes: ChangeMessage[]) => void;

export type TopicNeeds = LiveNeeds & {
  worker: string;
  times: PresenceTimes;
  onDelivered: (changes: ChangeMessage[], subscribers: number) => void;
  onBackfill: () => void;
};

export class WorkspaceTopic extends LogTopic<
  ChangeMessage,
  ChangeTuple,
  Here,
  PersonHere,
  Audience
> {
  readonly #needs: TopicNeeds;
  readonly #id: string;
  readonly permissions: PermissionCache<Audience>;
  readonly channel: LogChannel<ChangeMessage, Audience>;
  readonly presence: WorkspacePresence;
  readonly listeners = new Set<Listener>();
  /** The last change after which things of earlier ones may stand elsewhere. */
  #lastMove = 0;

  static open(needs: TopicNeeds, id: string): Promise<WorkspaceTopic> {
    const topic = new WorkspaceTopic(needs, id);
    return topic.start(async () => (await readFeedEnds(needs.db, [id])).get(id) ?? 0);
  }

  private constructor(needs: TopicNeeds, id: string) {
    super();
    const { db, bus, credentials, onError } = needs;
    this.#needs = needs;
    this.#id = id;
    const read = (userIds: string[]) => readAudiences(db, id, userIds);
    this.permissions = new PermissionCache({ read, what: "workspace", credentials, onError });
    this.channel = new LogChannel(this.#config(), this.permissions);
    const publish = (message: PresenceMessage<Here>) => bus.publish(channels.presence(id), message);
    this.presence = createWorkspacePresence({ ...needs, publish }, this.permissions);
    this.listen(bus, { log: channels.feed(id), presence: channels.presence(id) });
  }

  override invalidate(userId?: string) {
    super.invalidate(userId);
    this.presence.refresh();
  }

  protected entryOf(tuple: ChangeTuple) {
    return new ChangeMessage(tuple);
  }

  #config(): LogConfig<ChangeMessage, Audience> {
    const { db, onError, onDelivered, onBackfill } = this.#needs;
    return {
      read: (after) => this.#read(after),
      readPosition: () => readCursor(db, this.#id),
      startOf: ({ seq }) => seq,
      isGapless: true,
      live: (seq, epoch) => tracked({ seq, entity: "live", op: "live", epoch } satisfies FeedLive),
      reset: (seq, epoch) =>
        tracked({ seq, entity: "reset", op: "reset", epoch } satisfies FeedReset),
      encode: batchFor,
      prepare: (changes) => this.#place(changes),
      changesRights,
      // A change of rights is itself a change: nothing that comes after it can overtake it.
      maxAgeMs: Number.POSITIVE_INFINITY,
      memory: MEMORY,
      sizeOf: ({ json }) => json.length,
      what: "workspace",
      onEntries: (changes) => this.#onChanges(changes),
      onDelivered,
      onBackfill,
      onError,
    };
  }

  #onChanges(changes: ChangeMessage[]) {
    this.#lastMove = changes.findLast(({ moves }) => moves)?.seq ?? this.#lastMove;
    this.#moveReaders(changes.filter(({ moves }) => moves));
    if (changesRights(changes)) this.invalidate();
    // Of a project that was erased nothing is left in Postgres, and nothing here.
    if (changes.some(({ entity, op }) => entity === "project" && op === "delete")) {
      this.log.recent.forget();
    }
    for (const listener of [...this.listeners]) listener(changes);
  }

  /** Who reads a document is told to those alone who may see where it stands now. */
  #moveReaders(moved: ChangeMessage[]) {
    if (moved.length === 0 || !this.presence.has(readsDocument)) return;
    const scopes = new Map(
      moved.map(({ event, op, scopeId }) => [event.id, op === "delete" ? GONE : scopeId]),
    );
    this.presence.amend(moveReader(scopes));
  }

  async #read(after: number): Promise<ChangeMessage[]> {
    const { last } = this.log;
    const changes = await readChanges(this.#needs.db, this.#id, after);
    for (const change of changes) change.standingAt = Math.max(last, change.standingAt);
    return changes;
  }

  /**
   * Asks where their things stand now, for changes that were in memory while documents were moved.
   * Most often that is none of them, and Postgres is not asked.
   */
  async #place(changes: ChangeMessage[]) {
    const { last } = this.log;
    const lastMove = this.#lastMove;
    const stale = changes.filter((each) => each.standingAt < lastMove && mayMove(each));
    if (stale.length === 0) return;
    await placeAgain(this.#needs.db, this.#id, stale);
    for (const change of stale) change.standingAt = last;
  }
}

const tracked = (event: FeedLive | FeedReset) => new EncodedEvent(event, String(event.seq));
