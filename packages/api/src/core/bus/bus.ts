/**
 * What one worker tells the others: a change was committed, a right may have gone, somebody is here.
 *
 * The bus carries hints, not the truth: a message may be lost, come twice or come late, and whoever
 * needs to be sure asks Postgres. So `publish` neither waits nor fails, and no right, no number and
 * no row is ever taken from the bus alone. Listeners on this worker hear at once and get the very
 * object; other workers get a copy (msgpack), if there are others and the bus reaches them.
 */
import { EventEmitter } from "node:events";
import type { Cluster, Redis } from "ioredis";

type BusState =
  /** One process: whoever listens is here. */
  | "local"
  | "up"
  /** Other workers hear nothing now: what must reach them is found in Postgres. */
  | "down";

type BusListener = (message: unknown) => void;

export type Bus = {
  publish(channel: string, message: unknown): void;
  /** Hears the channel from now on; the first listener here makes the worker join, the last leave. */
  listen(channel: string, listener: BusListener): () => void;
  /** Told when messages may have been missed: look into Postgres. */
  onGap(listener: () => void): () => void;
  readonly state: BusState;
  /** For what all workers count together; null when there is none, or it was never reached yet. */
  readonly redis: { client: Redis | Cluster; prefix: string } | null;
  stop(): Promise<void>;
};

/** For a server that is one process. */
export function createLocalBus(): Bus {
  const channels = new EventEmitter().setMaxListeners(0);
  return {
    publish: (channel, message) => void channels.emit(channel, message),
    listen(channel, listener) {
      channels.on(channel, listener);
      return () => void channels.off(channel, listener);
    },
    onGap: () => () => {},
    state: "local",
    redis: null,
    stop: async () => void channels.removeAllListeners(),
  };
}
