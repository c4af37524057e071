/**
 * A change as workers hand it on and sockets carry it: encoded once, where it was committed.
 *
 * `result` is the part of a tRPC data message that is the same for every subscriber, as JSON; only
 * the id of the request differs, and is put in front of it. The few fields beside it say who may get
 * it, so that a worker which only passes it on decodes nothing.
 */
import { pack } from "msgpackr";
import superjson from "superjson";
import type { Change, Op, RoutedChange } from "./change.ts";
import { serialize } from "./serialize.ts";
import type { Standing } from "./standing.ts";

/** On the bus: seq, entity, within, audienceUserId, when in ms since 1970, result, op. */
export type ChangeTuple = [number, string, string | null, string | null, number, Uint8Array, Op];

type Payload = { json: unknown; meta?: unknown };

export class ChangeMessage {
  readonly seq: number;
  readonly entity: string;
  /** Only those who may see this project, or this document with access of its own. */
  readonly within: string | null;
  /** Only this person, and the owners. */
  readonly audienceUserId: string | null;
  readonly op: Op;
  /** Where its thing stood at a number of the feed; first where it was recorded. */
  standing: Standing;
  standingAt: number;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  /** `{"type":"data","id":"12","data":…}` in UTF-8. */
  readonly json: Uint8Array;
  #msgpack: Uint8Array | null = null;
  #change: RoutedChange | null = null;

  constructor([seq, entity, within, audienceUserId, at, json, op]: ChangeTuple) {
    this.seq = seq;
    this.entity = entity;
    this.within = within;
    this.audienceUserId = audienceUserId;
    this.at = at;
    this.json = json;
    this.op = op;
    this.standing = within;
    this.standingAt = seq;
  }

  static of(change: RoutedChange): ChangeMessage {
    return new ChangeMessage(encodeChange(change));
  }

  /** Whether the things of earlier changes may stand elsewhere from here on. */
  get moves(): boolean {
    return this.entity === "document" && this.op !== "update";
  }

  /** The same result in msgpack; made when the first subscriber wants it. */
  get msgpack(): Uint8Array {
    this.#msgpack ??= pack(this.#read());
    return this.#msgpack;
  }

  /** The change with its Dates, for who reads it on the server. */
  get change(): RoutedChange {
    if (!this.#change) {
      const { data } = this.#read();
      const read = superjson.deserialize<{ data: Change }>(
        data as Parameters<typeof superjson.deserialize>[0],
      );
      const { within, audienceUserId } = this;
      this.#change = { ...read.data, within, audienceUserId };
    }
    return this.#change;
  }

  #read(): { data: Payload } {
    return JSON.parse(Buffer.from(this.json).toString());
  }
}

/** What the client gets: who may see it is not part of it. */
export function encodeChange(change: RoutedChange): ChangeTuple {
  const { within, audienceUserId, ...shown } = change;
  const json = encodeEvent(shown.seq, shown);
  const at = change.at.getTime();
  return [change.seq, change.entity, within, audienceUserId, at, json, change.op];
}

/** The result of a tracked event, as tRPC would write it. */
export function encodeEvent(seq: number, event: object): Uint8Array {
  const id = String(seq);
  const data = serialize({ id, data: event });
  return Buffer.from(JSON.stringify({ type: "data", id, data }));
}
