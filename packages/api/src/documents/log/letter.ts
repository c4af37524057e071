import { pack } from "msgpackr";
import { encodeEvent } from "../../core/change-message.ts";
import { type Encoding, type RequestId, readyFrames } from "../../core/ready-frames.ts";

/** An event as every socket that follows the document gets it: encoded once for each kind of socket. */
export class Letter<Event extends { seq: number } = { seq: number }> {
  readonly event: Event;
  #json: Uint8Array | null = null;
  #msgpack: Uint8Array | null = null;
  readonly #frames: Record<Encoding, Map<RequestId, Uint8Array>> = {
    json: new Map(),
    msgpack: new Map(),
  };

  constructor(event: Event) {
    this.event = event;
  }

  get json(): Uint8Array {
    this.#json ??= encodeEvent(this.event.seq, this.event);
    return this.#json;
  }

  get msgpack(): Uint8Array {
    this.#msgpack ??= pack(JSON.parse(Buffer.from(this.json).toString()));
    return this.#msgpack;
  }

  framesFor(encoding: Encoding, request: RequestId): Uint8Array {
    const made = this.#frames[encoding];
    const frames = made.get(request) ?? readyFrames([this], encoding, request);
    made.set(request, frames);
    return frames;
  }
}
