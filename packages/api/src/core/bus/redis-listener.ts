import type { Redis, RedisOptions } from "ioredis";
import { openConnection, pingEach, type Wiring } from "./redis-connection.ts";

/** In one command; more would make Redis and the other workers wait. */
const CHANNELS_AT_ONCE = 500;

type Options = {
  address: string | RedisOptions;
  settings: Wiring;
  /** A cluster's channels live on one node each: SSUBSCRIBE instead of SUBSCRIBE. */
  sharded: boolean;
  onMessage: (channel: string, payload: Buffer) => void;
  /** It hears or has ceased to hear all that it should. */
  onChange: () => void;
  /** The node does not serve (all of) the channels any more. */
  onMoved: () => void;
};

/**
 * The connection that listens. It keeps the list of channels that are wanted and, in the order in
 * which they came, the differences that Redis has not been told of; after a reconnection it asks for
 * everything again. So whoever leaves and comes back in a moment, or comes while Redis is away, is
 * heard in the end.
 */
export class RedisListener {
  readonly #redis: Redis;
  readonly #options: Options;
  readonly #wanted = new Set<string>();
  /** What Redis was told on this connection. */
  readonly #asked = new Set<string>();
  readonly #touched = new Set<string>();
  readonly #stopPings: () => void;
  #scheduled = false;
  #hears = false;

  constructor(options: Options) {
    this.#options = options;
    this.#redis = openConnection(options.address, options.settings, { autoResubscribe: false });
    this.#redis.on(options.sharded ? "smessageBuffer" : "messageBuffer", (channel, payload) =>
      options.onMessage(channel.toString(), payload),
    );
    this.#redis.on("ready", () => void this.resubscribe());
    this.#redis.on("close", () => {
      this.#asked.clear();
      this.#setHears(false);
    });
    this.#redis.on("moved", options.onMoved);
    this.#stopPings = pingEach(() => [this.#redis], options.settings);
  }

  /** Whether every wanted channel was confirmed since the connection was made. */
  get hears(): boolean {
    return this.#hears;
  }

  get wanted(): ReadonlySet<string> {
    return this.#wanted;
  }

  join(channel: string) {
    this.#wanted.add(channel);
    this.#tellSoon(channel);
  }

  leave(channel: string) {
    this.#wanted.delete(channel);
    this.#tellSoon(channel);
  }

  /** Asks for all channels, as on a new connection. */
  async resubscribe(): Promise<void> {
    if (this.#redis.status !== "ready") return;
    this.#touched.clear();
    await this.#ask([...this.#wanted], () => this.#setHears(true));
  }

  stop() {
    this.#stopPings();
    this.#redis.disconnect();
  }

  #setHears(hears: boolean) {
    if (this.#hears === hears) return;
    this.#hears = hears;
    this.#options.onChange();
  }

  /** At the end of the tick: who left and came back by then changed nothing. */
  #tellSoon(channel: string) {
    this.#touched.add(channel);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#tell();
    });
  }

  #tell() {
    const touched = [...this.#touched];
    this.#touched.clear();
    if (this.#redis.status !== "ready") return;
    void this.#ask(touched.filter((each) => this.#wanted.has(each) && !this.#asked.has(each)));
    const left = touched.filter((each) => !this.#wanted.has(each) && this.#asked.delete(each));
    for (const some of this.#batches(left)) {
      const gone = this.#options.sharded
        ? this.#redis.sunsubscribe(...some)
        : this.#redis.unsubscribe(...some);
      // What still comes of it finds no listener; a broken connection has left everything.
      gone.catch(() => {});
    }
  }

  async #ask(channels: string[], done: () => void = () => {}) {
    for (const channel of channels) this.#asked.add(channel);
    const { stream } = this.#redis;
    const answers = this.#batches(channels).map((some) =>
      this.#options.sharded ? this.#redis.ssubscribe(...some) : this.#redis.subscribe(...some),
    );
    const refused = (await Promise.allSettled(answers)).find((each) => each.status === "rejected");
    // Of a connection that is gone by now: the next one resubscribes.
    if (this.#redis.stream !== stream || this.#redis.status !== "ready") return;
    if (!refused) return done();
    if (String(refused.reason).includes("MOVED")) return this.#options.onMoved();
    this.#options.settings.onProblem(String(refused.reason));
    this.#redis.disconnect(true);
  }

  /** All channels of one SSUBSCRIBE must lie in one slot, so there each is asked for by itself. */
  #batches(channels: string[]): string[][] {
    const size = this.#options.sharded ? 1 : CHANNELS_AT_ONCE;
    return Array.from({ length: Math.ceil(channels.length / size) }, (_, index) =>
      channels.slice(index * size, (index + 1) * size),
    );
  }
}
