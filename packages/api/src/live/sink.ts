/** Where what is given out goes: to a socket as ready frames, or to whoever asks for the next event. */
import { tooFarBehind } from "../core/errors.ts";
import type { RequestId, SocketSink } from "../core/socket.ts";
import type { EncodedBatch, LiveEvent } from "./encoded-batch.ts";

export type Sink = {
  put(batch: EncodedBatch): void;
  /** Bytes that the subscriber has not taken yet. */
  unsent(): number;
  /** Ends a subscriber that does not keep up; it comes back with its cursor. */
  terminate(): void;
};

/** The part of a socket that one request has. */
export class RequestSink implements Sink {
  readonly #socket: SocketSink;
  readonly #request: RequestId;

  constructor(socket: SocketSink, request: RequestId) {
    this.#socket = socket;
    this.#request = request;
  }

  put(batch: EncodedBatch) {
    this.#socket.write(batch.framesFor(this.#socket.encoding, this.#request));
  }

  unsent() {
    return this.#socket.unsent();
  }

  terminate() {
    this.#socket.terminate();
  }
}

/** For a call in process and for server-sent events. */
export class MemorySink implements Sink {
  readonly #waiting: LiveEvent[] = [];
  #unsent = 0;
  #isTerminated = false;
  #wake = () => {};

  put(batch: EncodedBatch) {
    for (const event of batch.events) {
      this.#waiting.push(event);
      this.#unsent += event.json.length;
    }
    this.#wake();
  }

  unsent() {
    return this.#unsent;
  }

  terminate() {
    this.#isTerminated = true;
    this.#wake();
  }

  /** Until it is terminated, or `over` resolves or rejects. */
  async *events(over: Promise<unknown>): AsyncGenerator<LiveEvent> {
    let isOver = false;
    const ending = over.then(() => {
      isOver = true;
    });
    // It may reject while whoever reads is busy with an event, and is heard of after that.
    ending.catch(() => {});
    for (;;) {
      for (let next = this.#waiting.shift(); next && !isOver; next = this.#waiting.shift()) {
        this.#unsent -= next.json.length;
        yield next;
      }
      if (isOver) return;
      if (this.#isTerminated) throw tooFarBehind();
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([woken, ending]);
    }
  }
}
