import { type Queryable, schema } from "@guildhall/db";
import type { Bus } from "../bus/bus.ts";
import { type InstanceSettings, instanceSettings, settingNames } from "./settings.ts";

const CHANNEL = "instance-settings";
/** For as long as a lost message may hide a change. */
const GOOD_FOR_MS = 3_000;

/** The settings as they hold now, from the row, asked again when another worker changed it. */
export class SettingsCache {
  readonly #db: Queryable;
  readonly #bus: Bus;
  /** What the environment sets: nobody changes that in the app. */
  readonly fixed: Partial<InstanceSettings>;
  #read: { at: number; settings: Promise<InstanceSettings> } | null = null;
  #last: InstanceSettings;
  #triedAt = 0;

  constructor(db: Queryable, bus: Bus, fixed: Partial<InstanceSettings>) {
    this.#db = db;
    this.#bus = bus;
    this.fixed = fixed;
    this.#last = composeSettings(undefined, fixed);
    const forget = () => {
      this.#read = null;
      this.#triedAt = 0;
    };
    bus.listen(CHANNEL, forget);
    bus.onGap(forget);
  }

  read(): Promise<InstanceSettings> {
    const now = Date.now();
    if (!this.#read || now - this.#read.at > GOOD_FOR_MS) {
      const read = { at: now, settings: readSettings(this.#db, this.fixed) };
      this.#read = read;
      read.settings.then(
        (settings) => {
          if (this.#read === read) this.#last = settings;
        },
        () => {
          if (this.#read === read) this.#read = null;
        },
      );
    }
    return this.#read.settings;
  }

  /** As they were read last, for who cannot wait, such as one who counts messages; asks again meanwhile. */
  get last(): InstanceSettings {
    const now = Date.now();
    // While the database is away it is not asked for each message.
    if (this.#read || now - this.#triedAt > GOOD_FOR_MS) {
      this.#triedAt = now;
      void this.read().catch(() => {});
    }
    return this.#last;
  }

  /** Here and on every other worker; after the commit. */
  changed() {
    this.#bus.publish(CHANNEL, "changed");
  }
}

/** Within a transaction: what holds at its moment. */
export async function readSettings(
  q: Queryable,
  fixed: Partial<InstanceSettings>,
): Promise<InstanceSettings> {
  const [row] = await q.select().from(schema.instanceSettings);
  return composeSettings(row, fixed);
}

/** What the environment says, else what is in the row, else the default. */
export function composeSettings(
  row: typeof schema.instanceSettings.$inferSelect | undefined,
  fixed: Partial<InstanceSettings>,
): InstanceSettings {
  const values = settingNames.map((name) => {
    const set = fixed[name] ?? row?.[name] ?? instanceSettings[name].initially;
    return [name, set];
  });
  return Object.fromEntries(values) as InstanceSettings;
}
