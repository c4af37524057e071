/** The feeds of workspaces, as this worker serves them. */
import { randomUUID } from "node:crypto";
import type { Actor } from "../core/context.ts";
import type { RoutedChange } from "../core/feed/change.ts";
import type { Signals } from "../core/signals.ts";
import type { Cursor } from "../live/log-channel.ts";
import { toLogMessage } from "../live/log-message.ts";
import { Membership, type Subscription } from "../live/membership.ts";
import type { LiveNeeds } from "../live/needs.ts";
import type { PresenceTimes } from "../live/presence-channel.ts";
import { Registry } from "../live/registry.ts";
import type { FeedService } from "../live/services.ts";
import type { ChangeMessage } from "./change-message.ts";
import { type ChangeTuple, encodeChange } from "./change-message.ts";
import { readFeedEnds } from "./read-changes.ts";
import { channels, type Listener, WorkspaceTopic } from "./workspace-topic.ts";

const MAX_MESSAGE_BYTES = 256 * 1024;

const usual = { silenceMs: 3_000, renewMs: 10_000, expireMs: 25_000, lingerMs: 4_000 };

type LiveTimes = PresenceTimes & {
  /** How long a workspace may be silent before Postgres is asked. */
  silenceMs: number;
};

type Options = LiveNeeds & { signals: Signals; times?: Partial<LiveTimes> };

export class WorkspaceFeed implements FeedService {
  readonly #options: Options;
  readonly #topics: Registry<{ id: string }, WorkspaceTopic>;
  /** How often a gap was read from Postgres, for the operator. */
  backfills = 0;
  /** Told of what was given out, and to how many, for the operator. */
  onDelivered: (changes: ChangeMessage[], subscribers: number) => void = () => {};

  constructor(options: Options) {
    this.#options = options;
    const times = { ...usual, ...options.times };
    const needs = {
      ...options,
      worker: randomUUID(),
      times,
      onDelivered: (changes: ChangeMessage[], subscribers: number) =>
        this.onDelivered(changes, subscribers),
      onBackfill: () => {
        this.backfills++;
      },
    };
    this.#topics = new Registry({
      ...options,
      ...times,
      open: ({ id }) => WorkspaceTopic.open(needs, id),
      readEnds: (ids) => readFeedEnds(options.db, ids),
    });
    options.signals.onUser((userId) => {
      for (const topic of this.#topics.topics()) topic.invalidate(userId);
    });
  }

  notify(workspaceId: string, changes: RoutedChange[]) {
    const { bus } = this.#options;
    if (bus.state === "local" && !this.#topics.has(workspaceId)) return;
    const message = toLogMessage<RoutedChange, ChangeTuple>(changes, {
      encode: encodeChange,
      sizeOf: (tuple) => tuple[5].length,
      maxBytes: MAX_MESSAGE_BYTES,
    });
    bus.publish(channels.feed(workspaceId), message);
  }

  async subscribe(workspaceId: string, actor: Actor, from: Cursor): Promise<Subscription> {
    const { topic, membership } = await this.enter(workspaceId, actor);
    return topic.channel.subscribe(membership, from);
  }

  /** For what else the people of a workspace share. */
  async enter(workspaceId: string, actor: Actor) {
    const { topic, release } = await this.#topics.acquire({ id: workspaceId });
    const membership = new Membership(actor, {
      permissions: topic.permissions,
      credentials: this.#options.credentials,
    });
    membership.onLeave(release);
    return { topic, membership };
  }

  /** Hears every change committed from now on, in order, each once. */
  async listen(workspaceId: string, listener: Listener): Promise<() => void> {
    const { topic, release } = await this.#topics.acquire({ id: workspaceId });
    topic.listeners.add(listener);
    return () => {
      topic.listeners.delete(listener);
      release();
    };
  }

  /** How many subscriptions are served. */
  get subscribers(): number {
    return [...this.#topics.topics()].reduce((sum, { channel }) => sum + channel.subscribers, 0);
  }

  /** Resolves when nothing is asked any more. */
  stop(): Promise<void> {
    return this.#topics.stop();
  }
}
