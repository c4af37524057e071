/** A socket, as a call that came by it knows it. */
export type Encoding = "json" | "msgpack";
export type RequestId = string | number;

/** What the live engine writes to. */
export type SocketSink = {
  readonly encoding: Encoding;
  /** Writes whole WebSocket frames; terminates the connection when too much lies unsent. */
  write(frames: Uint8Array): void;
  /** Bytes that the client has not taken yet. */
  unsent(): number;
  /** Ends a client that does not keep up; it comes back with its cursors. */
  terminate(): void;
  /** Requests of subscriptions that are open on it. */
  readonly subscriptions: ReadonlySet<RequestId>;
  readonly maxSubscriptions: number;
};

/**
 * The only event that a subscription's generator yields to a socket: from here on the live engine
 * writes to the socket itself, and the generator waits for the end. See live/socket-encoder.ts.
 */
export class SocketTakeover {
  /** Begins the subscription, now that its request is known. */
  readonly start: (request: RequestId) => void;

  constructor(start: (request: RequestId) => void) {
    this.start = start;
  }
}
