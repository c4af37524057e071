/** What those who have one document open share on a worker: its log, and who else is there. */
import type { ChangeMessage } from "../../changes/change-message.ts";
import type { WorkspaceFeed } from "../../changes/workspace-feed.ts";
import { changesRights } from "../../changes/workspace-topic.ts";
import { notFound } from "../../core/errors.ts";
import { EncodedBatch, EncodedEvent } from "../../live/encoded-batch.ts";
import { LogChannel, type LogConfig } from "../../live/log-channel.ts";
import { LogTopic } from "../../live/log-topic.ts";
import type { LiveNeeds } from "../../live/needs.ts";
import { PermissionCache } from "../../live/permission-cache.ts";
import { PresenceChannel, type PresenceTimes } from "../../live/presence-channel.ts";
import type { AwarenessEvent, DocumentEvent, DocumentPerson } from "../../live/protocol.ts";
import type { DocumentPlace } from "../../live/services.ts";
import { type LogEntry, readLog, readLogEnds, readLogPosition } from "./read-log.ts";
import { type CanView, whoCanView } from "./who-can-view.ts";

const RIGHTS_AGE_MS = 1_000;
const MEMORY = { entries: 1_000, bytes: 512 * 1024 };
/** Fifty people who move their selections are ten events a second for each of them. */
const AWARENESS_PACE_MS = 100;

/** On the bus. */
export type UpdateTuple = [seq: number, id: string, update: string];

export const channels = {
  log: (documentId: string) => `document:${documentId}`,
  awareness: (documentId: string) => `document-awareness:${documentId}`,
};

export type TopicNeeds = LiveNeeds & {
  worker: string;
  feed: WorkspaceFeed;
  times: PresenceTimes;
};

type Awareness = PresenceChannel<DocumentPerson, DocumentPerson, CanView>;

export const personKey = ({ clientId, userId }: Pick<DocumentPerson, "clientId" | "userId">) =>
  `${clientId}/${userId}`;

export class DocumentTopic extends LogTopic<
  LogEntry,
  UpdateTuple,
  DocumentPerson,
  DocumentPerson,
  CanView
> {
  readonly #needs: TopicNeeds;
  readonly #id: string;
  readonly permissions: PermissionCache<CanView>;
  readonly channel: LogChannel<LogEntry, CanView>;
  readonly presence: Awareness;

  static open(needs: TopicNeeds, { id, workspaceId }: DocumentPlace) {
    const topic = new DocumentTopic(needs, id);
    return topic.start(async () => {
      topic.leaving.push(
        await needs.feed.listen(workspaceId, (changes) => {
          if (mayEnd(changes)) topic.invalidate();
        }),
      );
      const end = (await readLogEnds(needs.db, [id])).get(id);
      if (end === undefined) throw notFound("document");
      return end;
    });
  }

  private constructor(needs: TopicNeeds, id: string) {
    super();
    const { db, bus, credentials, onError } = needs;
    this.#needs = needs;
    this.#id = id;
    const read = (userIds: string[]) => whoCanView(db, id, userIds);
    this.permissions = new PermissionCache({ read, what: "document", credentials, onError });
    this.channel = new LogChannel(this.#config(), this.permissions);
    this.presence = this.#createAwareness();
    this.listen(bus, { log: channels.log(id), presence: channels.awareness(id) });
  }

  protected entryOf([seq, id, update]: UpdateTuple) {
    return { seq, id, update };
  }

  #config(): LogConfig<LogEntry, CanView> {
    const { db, onError } = this.#needs;
    return {
      read: (after) => readLog(db, this.#id, after),
      readPosition: () => readLogPosition(db, this.#id),
      startOf: () => 0,
      // A snapshot stands for many.
      isGapless: false,
      live: (seq, epoch) => tracked({ kind: "live", seq, epoch }),
      reset: (_, epoch) => tracked({ kind: "reset", seq: 0, epoch }),
      encode: (entries) => {
        const seq = entries.at(-1)?.seq ?? 0;
        const updates = entries.map(({ id, update }) => ({ id, update }));
        const batch = new EncodedBatch([tracked({ kind: "updates", seq, updates })]);
        return () => batch;
      },
      prepare: async () => {},
      changesRights: () => false,
      // Rights are not in this log: whoever reads it is asked about again and again.
      maxAgeMs: RIGHTS_AGE_MS,
      memory: MEMORY,
      sizeOf: ({ update }) => update.length,
      what: "document",
      onEntries: () => {},
      onDelivered: () => {},
      onBackfill: () => {},
      onError,
    };
  }

  #createAwareness(): Awareness {
    const { bus, worker, times, onError } = this.#needs;
    return new PresenceChannel<DocumentPerson, DocumentPerson, CanView>(
      {
        worker,
        times,
        onError,
        publish: (message) => bus.publish(channels.awareness(this.#id), message),
        keyOf: personKey,
        // Where a selection moved to is told as it moves.
        toldAs: personKey,
        visibleOwn: (person) => person,
        // A page that comes back is there twice until its old connection is given up.
        shown: (everyone) => [
          ...new Map(everyone.map((person) => [personKey(person), { ...person }])).values(),
        ],
        itemKey: personKey,
        encode: ({ isWhole, people, gone }) => {
          const left = gone.map(({ clientId, userId }) => ({ clientId, userId }));
          const event: AwarenessEvent = { seq: 0, isWhole, people, gone: left };
          return new EncodedEvent(event, "0");
        },
        pauseAfter: (tookMs) => AWARENESS_PACE_MS - tookMs,
      },
      this.permissions,
    );
  }
}

const tracked = (event: DocumentEvent) => new EncodedEvent(event, String(event.seq));

/** Whether something in the workspace may have ended somebody's right to see the document. */
const mayEnd = (changes: ChangeMessage[]) =>
  changesRights(changes) ||
  // A folder takes along what is below it.
  changes.some(({ entity, op }) => entity === "document" && op === "delete");
