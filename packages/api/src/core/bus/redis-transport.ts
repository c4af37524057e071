/** How bytes get from one worker to the others: through one Redis, or through a cluster of them. */

import slotOf from "cluster-key-slot";
import { Cluster, type Redis } from "ioredis";
import {
  connectionOptions,
  openConnection,
  pauseBefore,
  pingEach,
  type Wiring,
} from "./redis-connection.ts";
import { RedisListener } from "./redis-listener.ts";

export type Transport = {
  /** Whether it hears and sends everything. */
  readonly up: boolean;
  /** Whether it is of use to send at all. */
  readonly sends: boolean;
  /** For other commands, such as those that count tries. */
  readonly client: Redis | Cluster;
  send(channel: string, payload: Buffer): Promise<unknown>;
  join(channel: string): void;
  leave(channel: string): void;
  stop(): void;
};

type Options = {
  settings: Wiring;
  onMessage: (channel: string, payload: Buffer) => void;
  /** `up` may have changed. */
  onChange: () => void;
};

/** The same one for the same channel: what is said on it arrives in order. */
function senderOf<Client>(senders: Client[], channel: string): Client {
  return senders[slotOf(channel) % senders.length] as Client;
}

export function throughOneRedis({ settings, onMessage, onChange }: Options): Transport {
  const [address = ""] = settings.urls;
  const senders = Array.from({ length: settings.maxConnections - 1 }, () =>
    openConnection(address, settings, { enableAutoPipelining: true }),
  );
  for (const sender of senders) sender.on("ready", onChange).on("close", onChange);
  const listener = new RedisListener({
    address,
    settings,
    sharded: false,
    onMessage,
    onChange,
    onMoved: () => {},
  });
  const stopPings = pingEach(() => senders, settings);
  const sends = () => senders.every(({ status }) => status === "ready");
  return {
    get up() {
      return listener.hears && sends();
    },
    get sends() {
      return sends();
    },
    client: senders[0] as Redis,
    send: (channel, payload) => senderOf(senders, channel).publish(channel, payload),
    join: (channel) => listener.join(channel),
    leave: (channel) => listener.leave(channel),
    stop() {
      stopPings();
      listener.stop();
      for (const sender of senders) sender.disconnect();
    },
  };
}

/**
 * In a cluster a channel belongs to a slot, and a slot to one node at a time: we listen to each node
 * that holds a channel of ours, and follow the slots when they move.
 */
export function throughCluster({ settings, onMessage, onChange }: Options): Transport {
  const senders = Array.from({ length: settings.maxConnections - 1 }, () => openCluster(settings));
  const [first] = senders as [Cluster];
  const listeners = new Map<string, RedisListener>();
  const nodeOf = new Map<string, string | null>();

  function listenerAt(node: string): RedisListener | undefined {
    const known = listeners.get(node);
    if (known) return known;
    const redis = first.nodes("master").find(({ options }) => keyOf(options) === node);
    if (!redis) return undefined;
    const { host, port, tls, username, password } = redis.options;
    const made = new RedisListener({
      address: { host, port, tls, username, password },
      settings,
      sharded: true,
      onMessage,
      onChange,
      onMoved: () => first.refreshSlotsCache(() => void made.resubscribe()),
    });
    listeners.set(node, made);
    return made;
  }

  function follow(channel: string) {
    const before = nodeOf.get(channel);
    const now = first.slots[slotOf(channel)]?.[0] ?? null;
    const listener = now === null ? undefined : listenerAt(now);
    if (!listener || now === before) return;
    if (before) listeners.get(before)?.leave(channel);
    nodeOf.set(channel, now);
    listener.join(channel);
  }

  function followAll() {
    for (const channel of nodeOf.keys()) follow(channel);
    for (const [node, listener] of listeners) {
      if (listener.wanted.size > 0) continue;
      listener.stop();
      listeners.delete(node);
    }
    onChange();
  }

  first.on("refresh", followAll).on("ready", followAll);
  for (const sender of senders) sender.on("ready", onChange).on("close", onChange);
  // Also those not yet connected: it is the ping that connects them.
  const stopPings = pingEach(() => senders.flatMap((sender) => sender.nodes("master")), settings);
  const sends = () => senders.every(({ status }) => status === "ready");
  return {
    get sends() {
      return sends();
    },
    get up() {
      return (
        sends() &&
        [...nodeOf.values()].every((node) => node !== null) &&
        [...listeners.values()].every((listener) => listener.hears)
      );
    },
    client: first,
    send: (channel, payload) => senderOf(senders, channel).spublish(channel, payload),
    join(channel) {
      nodeOf.set(channel, null);
      follow(channel);
    },
    leave(channel) {
      const node = nodeOf.get(channel);
      nodeOf.delete(channel);
      if (node) listeners.get(node)?.leave(channel);
    },
    stop() {
      stopPings();
      for (const listener of listeners.values()) listener.stop();
      for (const sender of senders) sender.disconnect();
    },
  };
}

const keyOf = ({ host, port }: { host?: string | undefined; port?: number | undefined }) =>
  `${host}:${port}`;

function openCluster(settings: Wiring): Cluster {
  const { retryOnTimeout } = settings;
  const some = new URL(settings.urls[0] ?? "");
  const cluster = new Cluster(settings.urls, {
    clusterRetryStrategy: pauseBefore,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    slotsRefreshTimeout: settings.socketTimeoutSeconds * 1_000,
    // A node that was lost comes back, or its slots have moved, without anybody telling us.
    slotsRefreshInterval: 2_000,
    maxRedirections: retryOnTimeout ? 4 : 2,
    redisOptions: {
      ...connectionOptions(settings),
      // Nodes that the cluster names itself take the same account.
      ...(some.username ? { username: decodeURIComponent(some.username) } : {}),
      ...(some.password ? { password: decodeURIComponent(some.password) } : {}),
      ...(some.protocol === "rediss:" ? { tls: {} } : {}),
    },
  });
  // Said by "close" and by rejected commands, where they are dealt with.
  cluster.on("error", ({ message }) => settings.onProblem(message));
  cluster.on("node error", ({ message }) => settings.onProblem(message));
  return cluster;
}
