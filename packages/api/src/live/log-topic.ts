/** What the people of one place share on a worker: its log, what each may see of it, and who is there. */
import type { Bus } from "../core/bus/bus.ts";
import type { LogChannel } from "./log-channel.ts";
import type { LogMessage } from "./log-message.ts";
import type { Permission, PermissionCache } from "./permission-cache.ts";
import type { PresenceChannel, PresenceMessage } from "./presence-channel.ts";
import type { Numbered } from "./recent.ts";
import type { Topic } from "./registry.ts";

export abstract class LogTopic<
  Entry extends Numbered,
  Tuple,
  Person extends object,
  Item,
  P extends Permission,
> implements Topic
{
  abstract readonly permissions: PermissionCache<P>;
  abstract readonly channel: LogChannel<Entry, P>;
  abstract readonly presence: PresenceChannel<Person, Item, P>;
  protected readonly leaving: (() => void)[] = [];

  /** An entry as it came over the bus. */
  protected abstract entryOf(tuple: Tuple): Entry;

  /** From here on everything arrives, and waits until it is known from which number on. */
  protected listen(bus: Bus, channels: { log: string; presence: string }) {
    this.leaving.push(
      bus.listen(channels.log, (message) => this.#hear(message as LogMessage<Tuple>)),
      bus.listen(channels.presence, (message) =>
        this.presence.receive(message as PresenceMessage<Person>),
      ),
    );
  }

  /** It listens before `readEnd` asks how far the log is: nothing is missed between the two. */
  protected async start(readEnd: () => Promise<number>): Promise<this> {
    try {
      this.log.start(await readEnd());
      return this;
    } catch (error) {
      await this.close({ silently: true });
      throw error;
    }
  }

  get log() {
    return this.channel.log;
  }

  invalidate(userId?: string) {
    this.permissions.invalidate(userId);
  }

  tick() {
    this.presence.tick();
  }

  onGap() {
    this.presence.reannounce();
  }

  async close(how: { silently: boolean }) {
    for (const leave of this.leaving) leave();
    await Promise.all([this.channel.close(), this.presence.close(how), this.permissions.close()]);
  }

  #hear(message: LogMessage<Tuple>) {
    if ("seq" in message) this.log.reach(message.seq);
    else this.log.receive(message.entries.map((tuple) => this.entryOf(tuple)));
  }
}
