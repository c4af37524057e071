/**
 * A change as workers hand it on and sockets carry it: encoded once, where it was committed.
 *
 * `result` is the part of a tRPC data message that is the same for every subscriber. The few fields
 * beside it say who may get it, so that a worker which only passes it on decodes nothing.
 */
import superjson, { type SuperJSONResult } from "superjson";
import type { Change, Op, RoutedChange } from "../core/feed/change.ts";
import type { Standing } from "../core/visibility/audiences.ts";
import { encodeResult, type LiveEvent, toMsgpack } from "../live/encoded-batch.ts";

/** On the bus: seq, entity, scopeId, audienceUserId, when in ms since 1970, result, op. */
export type ChangeTuple = [number, string, string | null, string | null, number, Uint8Array, Op];

export class ChangeMessage implements LiveEvent {
  readonly seq: number;
  readonly entity: string;
  /** Only those who may see this project, or this document with access of its own. */
  readonly scopeId: string | null;
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
  #event: Change | null = null;

  constructor([seq, entity, scopeId, audienceUserId, at, json, op]: ChangeTuple) {
    this.seq = seq;
    this.entity = entity;
    this.scopeId = scopeId;
    this.audienceUserId = audienceUserId;
    this.at = at;
    this.json = json;
    this.op = op;
    this.standing = scopeId;
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
    this.#msgpack ??= toMsgpack(this.json);
    return this.#msgpack;
  }

  get id(): string {
    return String(this.seq);
  }

  /** As the client gets it, with its Dates: who may see it is not part of it. */
  get event(): Change {
    if (!this.#event) {
      const { data } = JSON.parse(Buffer.from(this.json).toString()) as { data: SuperJSONResult };
      this.#event = superjson.deserialize<{ data: Change }>(data).data;
    }
    return this.#event;
  }
}

export function encodeChange(change: RoutedChange): ChangeTuple {
  const { scopeId, audienceUserId, ...shown } = change;
  const json = encodeResult(String(shown.seq), shown);
  return [change.seq, change.entity, scopeId, audienceUserId, change.at.getTime(), json, change.op];
}
