/**
 * The bus of several workers, through Redis.
 *
 * A message is this worker's own id (16 bytes, by which it knows its own when they come back, without
 * decoding them) and then msgpack. Names carry the version of what is inside, so that during an
 * upgrade workers of two versions do not misread each other: they find each other's changes in
 * Postgres. While Redis is away, or behind, messages are dropped and not stored: they are hints,
 * and who may have missed one is told by `onGap`.
 */
import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { Packr } from "msgpackr";
import type { Bus } from "./bus.ts";
import { openConnection, type RedisSettings, type Wiring } from "./redis-connection.ts";
import { type Transport, throughCluster, throughOneRedis } from "./redis-transport.ts";

export type { RedisSettings } from "./redis-connection.ts";

/** Of the messages: raised when a worker of the last release would misread those of this one. */
const MESSAGE_VERSION = 2;
const ID_BYTES = 16;
/** Sent and not answered yet: a Redis that is this far behind misses what comes next. */
const MAX_UNANSWERED_BYTES = 16 * 1024 * 1024;

export type RedisBus = Bus & {
  /** Whether it is up within this time. */
  within(milliseconds: number): Promise<boolean>;
  /** What was wrong with a connection, the last time that something was. */
  readonly problem: string;
};

export function createRedisBus(settings: RedisSettings): RedisBus {
  const { log } = settings;
  const own = randomBytes(ID_BYTES);
  // Without records a message explains itself; undefined stays apart from null.
  const packr = new Packr({ useRecords: false });
  const before = `${settings.prefix}:${MESSAGE_VERSION}:`;
  const channels = new EventEmitter().setMaxListeners(0);
  const events = new EventEmitter().setMaxListeners(0);
  let transport: Transport | null = null;
  let wasUp = false;
  let stopped = false;
  let unanswered = 0;
  let saidUnreadable = false;
  let problem = "";

  function onMessage(name: string, payload: Buffer) {
    if (own.equals(payload.subarray(0, ID_BYTES))) return;
    const channel = name.slice(before.length);
    let message: unknown;
    try {
      message = packr.unpack(payload.subarray(ID_BYTES));
    } catch (err) {
      if (!saidUnreadable) log.warn({ err, channel }, "A message from Redis could not be read.");
      saidUnreadable = true;
      return;
    }
    channels.emit(channel, message);
  }

  function onChange() {
    const up = transport?.up ?? false;
    if (stopped || up === wasUp) return;
    wasUp = up;
    if (!up) {
      log.warn({ problem }, "Redis is away: changes of other workers arrive some seconds late.");
      return;
    }
    log.info({}, "Redis is there: workers hear of each other's changes at once.");
    events.emit("up");
  }

  function settle(found: Transport) {
    transport = found;
    for (const channel of channels.eventNames()) transport.join(before + String(channel));
    onChange();
  }

  const wiring: Wiring = {
    ...settings,
    onProblem(said) {
      problem = said;
    },
  };
  const stopSearch = find({ settings: wiring, onMessage, onChange }, settle);

  function send(channel: string, message: unknown) {
    if (!transport?.sends || unanswered > MAX_UNANSWERED_BYTES) return;
    const payload = Buffer.concat([own, packr.pack(message)]);
    unanswered += payload.length;
    const settled = () => {
      unanswered -= payload.length;
    };
    // One that was not delivered is a hint that others do without: they find out by themselves.
    transport.send(before + channel, payload).then(settled, settled);
  }

  return {
    publish(channel, message) {
      channels.emit(channel, message);
      send(channel, message);
    },
    listen(channel, listener) {
      channels.on(channel, listener);
      if (channels.listenerCount(channel) === 1) transport?.join(before + channel);
      let listens = true;
      return () => {
        if (!listens) return;
        listens = false;
        channels.off(channel, listener);
        if (channels.listenerCount(channel) === 0) transport?.leave(before + channel);
      };
    },
    onGap(listener) {
      events.on("up", listener);
      return () => void events.off("up", listener);
    },
    get state() {
      return wasUp ? "up" : "down";
    },
    get redis() {
      return transport && { client: transport.client, prefix: settings.prefix };
    },
    get problem() {
      return problem;
    },
    within: (milliseconds) =>
      new Promise((resolve) => {
        if (wasUp) return resolve(true);
        const settled = () => {
          clearTimeout(timer);
          events.off("up", settled);
          resolve(wasUp);
        };
        const timer = setTimeout(settled, milliseconds);
        events.on("up", settled);
      }),
    async stop() {
      stopped = true;
      wasUp = false;
      stopSearch();
      transport?.stop();
      transport = null;
      channels.removeAllListeners();
      events.removeAllListeners();
    },
  };
}

type Ways = Parameters<typeof throughOneRedis>[0];

/** One address may be a node of a cluster, which only it can tell: found out once it answers. */
function find(ways: Ways, settle: (transport: Transport) => void): () => void {
  const { settings } = ways;
  const [address = ""] = settings.urls;
  if (settings.urls.length > 1) {
    settle(throughCluster(ways));
    return () => {};
  }
  const scout = openConnection(address, settings, { enableReadyCheck: false });
  scout.on("ready", async () => {
    // Not every account may ask; a Redis that is gone again is looked for again.
    const said = await scout.info("cluster").catch(() => "");
    if (scout.status !== "ready") return;
    scout.disconnect();
    settle(said.includes("cluster_enabled:1") ? throughCluster(ways) : throughOneRedis(ways));
  });
  return () => scout.disconnect();
}
