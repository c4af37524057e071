/** The logs of documents, as this worker serves them. */
import { randomUUID } from "node:crypto";
import type { WorkspaceFeed } from "../../changes/workspace-feed.ts";
import type { Actor } from "../../core/context.ts";
import type { Signals } from "../../core/signals.ts";
import type { Cursor } from "../../live/log-channel.ts";
import { type LogMessage, toLogMessage } from "../../live/log-message.ts";
import { Membership, type Subscription } from "../../live/membership.ts";
import type { LiveNeeds } from "../../live/needs.ts";
import type { PresenceMessage } from "../../live/presence-channel.ts";
import type { DocumentPerson } from "../../live/protocol.ts";
import { Registry } from "../../live/registry.ts";
import type { CursorMove, DocumentLogService, DocumentPlace, Push } from "../../live/services.ts";
import { type AppendedUpdate, Appender } from "./appender.ts";
import { PushCheck } from "./check-push.ts";
import { DocumentSizes } from "./document-size.ts";
import { channels, DocumentTopic, personKey, type UpdateTuple } from "./document-topic.ts";
import { readLogEnds } from "./read-log.ts";

/** More than this is not sent through the bus: each worker then reads it from Postgres, once. */
const MAX_MESSAGE_BYTES = 128 * 1024;

const usual = { silenceMs: 3_000, renewMs: 10_000, expireMs: 25_000 };

type Options = LiveNeeds & {
  signals: Signals;
  feed: WorkspaceFeed;
  /** Told of each document that is written to. */
  onWritten: (documentId: string) => void;
  times?: Partial<typeof usual>;
};

export class DocumentLog implements DocumentLogService {
  readonly #options: Options;
  readonly #topics: Registry<DocumentPlace, DocumentTopic>;
  readonly #appender: Appender;
  readonly #check = new PushCheck();
  readonly #sizes: DocumentSizes;

  constructor(options: Options) {
    const { db, signals } = options;
    this.#options = options;
    this.#sizes = new DocumentSizes(db);
    this.#appender = new Appender({
      db,
      onAppended: (documentId, updates) => this.#tell(documentId, toMessage(updates)),
    });
    // Nobody who closes a document is shown in it for longer.
    const times = { ...usual, ...options.times, lingerMs: 0 };
    const needs = { ...options, worker: randomUUID(), times };
    this.#topics = new Registry({
      ...options,
      ...times,
      open: (document) => DocumentTopic.open(needs, document),
      readEnds: (ids) => readLogEnds(db, ids),
    });
    signals.onUser((userId) => {
      for (const topic of this.#topics.topics()) topic.invalidate(userId);
    });
  }

  async push(push: Push): Promise<{ seq: number }> {
    await this.#check.check(push);
    await this.#sizes.grow(push.documentId, Buffer.byteLength(push.update, "base64"));
    return this.#appender.push(push);
  }

  takesLarge(actorId: string): boolean {
    return this.#check.takesLarge(actorId);
  }

  async subscribe(document: DocumentPlace, actor: Actor, from: Cursor): Promise<Subscription> {
    const { topic, membership } = await this.#enter(document, actor);
    return topic.channel.subscribe(membership, from);
  }

  async joinAwareness(document: DocumentPlace, actor: Actor, clientId: number) {
    const { topic, membership } = await this.#enter(document, actor);
    const { id: userId, name } = actor.user;
    // What is known of where they were, on the connection before.
    const cursor = topic.presence.find(personKey({ clientId, userId }))?.cursor ?? null;
    topic.presence.join(membership, { clientId, userId, name, cursor });
    return topic.presence.subscribe(membership);
  }

  moveCursor(documentId: string, actor: Actor, { clientId, cursor }: CursorMove) {
    const key = personKey({ clientId, userId: actor.user.id });
    const message: PresenceMessage<DocumentPerson> = { key, change: { cursor } };
    this.#options.bus.publish(channels.awareness(documentId), message);
  }

  async stop() {
    await this.#topics.stop();
    await this.#check.stop();
  }

  #tell(documentId: string, message: LogMessage<UpdateTuple>) {
    const { bus, onWritten } = this.#options;
    onWritten(documentId);
    if (bus.state === "local" && !this.#topics.has(documentId)) return;
    bus.publish(channels.log(documentId), message);
  }

  async #enter(document: DocumentPlace, actor: Actor) {
    const { topic, release } = await this.#topics.acquire(document);
    const { credentials } = this.#options;
    const membership = new Membership(actor, { permissions: topic.permissions, credentials });
    membership.onLeave(release);
    return { topic, membership };
  }
}

const toMessage = (appended: AppendedUpdate[]) =>
  toLogMessage<AppendedUpdate, UpdateTuple>(appended, {
    encode: ({ seq, id, update }) => [seq, id, update],
    sizeOf: ([, , update]) => update.length,
    maxBytes: MAX_MESSAGE_BYTES,
  });
