import type { Db } from "@guildhall/db";
import type { ApiConfig, FailedTry } from "../core/context.ts";
import { placeOf } from "../core/place-of.ts";
import { recordAudit } from "./record-audit.ts";

/** Of one place and account within it, only the first try and their number are noted. */
const WINDOW_MS = 10 * 60_000;
/** Places and accounts within a window; what comes from more is counted together. */
const MOST = 200;

type Gathered = FailedTry & { more: number };

/**
 * Failed sign-ins for the audit log, gathered, so that whoever tries without end fills no disk: at most
 * some hundred rows in ten minutes and worker. `note` neither waits nor fails: how long an answer takes
 * tells nothing.
 */
export class FailedSignIns {
  readonly #db: Db;
  readonly #log: ApiConfig["log"];
  #gathered = new Map<string, Gathered>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(db: Db, log: ApiConfig["log"]) {
    this.#db = db;
    this.#log = log;
  }

  note(tried: FailedTry) {
    this.#timer ??= setTimeout(() => this.#flush(), WINDOW_MS).unref();
    const own = `${placeOf(tried.client.address)} ${tried.account?.id ?? ""} ${tried.reason}`;
    const isKnown = this.#gathered.has(own) || this.#gathered.size < MOST;
    const key = isKnown ? own : "elsewhere";
    const before = this.#gathered.get(key);
    if (before) before.more++;
    else {
      const nowhere = { address: "many addresses", userAgent: null };
      const kept = isKnown ? tried : { ...tried, account: null, client: nowhere };
      this.#gathered.set(key, { ...kept, more: 0 });
      this.#write(kept, 1);
    }
  }

  async stop() {
    this.#flush();
    await this.#writing;
  }

  #flush() {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const gathered = [...this.#gathered.values()];
    this.#gathered = new Map();
    for (const { more, ...tried } of gathered) if (more > 0) this.#write(tried, more);
  }

  #write({ client, account, reason }: FailedTry, times: number) {
    const written = recordAudit(
      this.#db,
      { client },
      {
        action: "account.signInFailed",
        subject: account ?? { name: "an unknown account" },
        after: { reason },
        times,
      },
    ).catch((err) => this.#log.warn({ err }, "A failed sign-in couldn't be noted."));
    this.#writing = Promise.all([this.#writing, written]);
  }
}
