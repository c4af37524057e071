/**
 * How this worker holds a connection to Redis, and knows that it is alive.
 *
 * A Redis that is frozen, or behind a cut cable, closes nothing: ioredis calls such a connection
 * "ready" for as long as the kernel does, and keeps every command it is given. So each connection is
 * pinged, the listening one too (RESP3 allows it there), and one that answers nothing in time is
 * torn down, which fails what waited on it and begins the search for a Redis that answers.
 */
import { Redis, type RedisOptions } from "ioredis";

export type RedisSettings = {
  /** One address, or those of some nodes of a cluster. */
  urls: string[];
  /** In front of every name. */
  prefix: string;
  /** Connections (to each node, in a cluster): one listens, the others send. At least 2. */
  maxConnections: number;
  /** A Redis that answers nothing for this long is away. */
  socketTimeoutSeconds: number;
  /** Whether what was sent to a connection that timed out is sent once more on the next. */
  retryOnTimeout: boolean;
  log: {
    info: (fields: object, message: string) => void;
    warn: (fields: object, message: string) => void;
  };
};

export type Wiring = RedisSettings & {
  /** What is wrong with a connection just now; without the command, which may carry a password. */
  onProblem: (problem: string) => void;
};

const LONGEST_PAUSE_MS = 1_000;

/** Sooner each time at first, and not all workers in the same moment. */
export function pauseBefore(attempt: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(attempt, 10));
  return longest / 2 + (Math.random() * longest) / 2;
}

/** Twice within the timeout, so that a quiet connection is found out within it, and not after. */
function pingEveryMs({ socketTimeoutSeconds }: RedisSettings): number {
  return Math.min(1_000, socketTimeoutSeconds * 500);
}

/** What every connection has in common, also those that a cluster's client opens itself. */
export function connectionOptions(settings: RedisSettings) {
  const timeoutMs = settings.socketTimeoutSeconds * 1_000;
  return {
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    // Counts from the ping on, and a ping is at most that old.
    socketTimeout: timeoutMs - pingEveryMs(settings),
    maxRetriesPerRequest: settings.retryOnTimeout ? 1 : 0,
    autoResendUnfulfilledCommands: settings.retryOnTimeout,
    keepAlive: 10_000,
  } satisfies RedisOptions;
}

/** A connection to one server that is opened again for ever; nothing waits for it while it is away. */
export function openConnection(
  address: string | RedisOptions,
  settings: Wiring,
  own: RedisOptions,
): Redis {
  const options: RedisOptions = {
    ...connectionOptions(settings),
    enableOfflineQueue: false,
    retryStrategy: pauseBefore,
    ...own,
  };
  const redis =
    typeof address === "string"
      ? new Redis(address, options)
      : new Redis({ ...address, ...options });
  // Each ends in a "close" or a rejected command, which is where it is dealt with.
  redis.on("error", ({ message }) => settings.onProblem(message));
  return redis;
}

/** Asks the connections for a sign of life, from now until the returned function is called. */
export function pingEach(connections: () => Redis[], settings: RedisSettings): () => void {
  const timer = setInterval(() => {
    // One that is not there answers by its "close"; one that hangs is torn down by its timeout.
    for (const redis of connections()) redis.ping().catch(() => {});
  }, pingEveryMs(settings));
  timer.unref();
  return () => clearInterval(timer);
}
