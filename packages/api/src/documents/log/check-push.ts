/** Judges what strangers send before anything is done with it. */

import { refused } from "../../core/errors.ts";
import { BoundedWorker, type Bounds, Overrun } from "../../jobs/bounded-worker.ts";
import type { Push } from "../../live/services.ts";
import { type Fault, faultOf } from "./check-update.ts";
import type { Checked, Question } from "./document-thread.ts";
import { FairLine } from "./fair-line.ts";
import { PersonRate } from "./person-rate.ts";
import { threadFile } from "./thread-file.ts";

/** Some microseconds of one walk; and so few structs that whatever they say is soon put together. */
const SMALL_BYTES = 8 * 1024;
/** A book of 600 KB takes 60; it is looked often enough that nothing gets more than 200. */
const BOUNDS: Bounds = { megabytes: 256, seconds: 0.15, by: "work" };

const sentences: Record<Fault | "heavy", string> = {
  broken: "Nothing was saved: this isn't a complete Yjs update in the v1 encoding.",
  foreign: "Nothing was saved: this update changes something other than a document's text.",
  heavy: "Nothing was saved: this update takes too long to process. Send it in smaller pieces.",
};

const refusal = (fault: Fault | "heavy") => refused(`update_${fault}`, sentences[fault]);

const tooOften = () =>
  refused(
    "too_often",
    "Nothing was saved: you send more than this server takes from one person. Wait a moment and send it again.",
  );

/**
 * A page that types sends some ten a second; a tool may fill many documents at once. Two megabytes
 * are 33 of these points.
 */
const RATE = { perSecond: 100, burst: 2_000 };
const pointsOf = (bytes: number) => 1 + bytes / (64 * 1024);
/** Each is a fifth of a second, and a new thread. */
const OVERRUNS = { perSecond: 0.1, burst: 3 };
/** Of one person, each up to 2 MB: all of them are in memory before the first is looked at. */
const MOST_WAITING = { proven: 32, new: 32, overran: 4 };

/**
 * Each kind of people has a thread of its own, so nobody waits for what the others do to theirs: who has
 * shown to send what can be decoded, who has sent nothing large yet, and who overran the bounds lately.
 * Else ten new accounts, each within its own share, hold up everybody once for each of them.
 */
type Standing = "proven" | "new" | "overran";
type Thread = BoundedWorker<Question, Checked>;
type Place = { thread: Thread; line: FairLine };
/** Who overran the bounds counts as new for so long, whatever they send meanwhile. */
const FORGIVEN_MS = 10 * 60_000;
const MOST_REMEMBERED = 10_000;

export class PushCheck {
  readonly #places: Record<Standing, Place>;
  readonly #rate = new PersonRate(RATE);
  readonly #overruns = new PersonRate(OVERRUNS);
  readonly #proven = new Set<string>();
  readonly #overranAt = new Map<string, number>();

  constructor(bounds: Bounds = BOUNDS) {
    const place = () => ({
      thread: new BoundedWorker<Question, Checked>({ file: threadFile, bounds }),
      line: new FairLine(),
    });
    this.#places = { proven: place(), new: place(), overran: place() };
  }

  /** Takes what decodes to an update of a document's text, in base64. */
  async check({ update, actorId }: Pick<Push, "update" | "actorId">): Promise<void> {
    // Before anything is done for it.
    if (!this.#rate.take(actorId, pointsOf((update.length * 3) / 4))) throw tooOften();
    const bytes = Buffer.from(update, "base64");
    const fault = bytes.length <= SMALL_BYTES ? faultOf(bytes) : await this.#inLine(bytes, actorId);
    if (fault) throw refusal(fault);
  }

  /** Whether something large of theirs would be looked at now. If not, it need not even be read. */
  takesLarge(actorId: string): boolean {
    const standing = this.#standingOf(actorId);
    const waiting = this.#places[standing].line.waiting(actorId);
    return !this.#isSpent(actorId) && waiting < MOST_WAITING[standing];
  }

  #isSpent(actorId: string): boolean {
    return this.#overruns.left(actorId) < 1;
  }

  #standingOf(actorId: string): Standing {
    if (this.#overruns.left(actorId) < OVERRUNS.burst) return "overran";
    return this.#proven.has(actorId) ? "proven" : "new";
  }

  #inLine(update: Uint8Array, actorId: string): Promise<Checked | "heavy"> {
    if (!this.takesLarge(actorId)) throw tooOften();
    const { thread, line } = this.#places[this.#standingOf(actorId)];
    return line.add(actorId, async () => {
      // What went before it in the line may have been their last one.
      if (this.#isSpent(actorId)) throw tooOften();
      const checked = await inThread(thread, update);
      this.#remember(actorId, checked);
      return checked;
    });
  }

  #remember(actorId: string, checked: Checked | "heavy") {
    if (checked === "heavy") {
      this.#overruns.take(actorId, 1);
      this.#proven.delete(actorId);
      if (this.#overranAt.size >= MOST_REMEMBERED) this.#overranAt.clear();
      this.#overranAt.set(actorId, performance.now());
    } else if (checked === null && !this.#proven.has(actorId)) {
      const overranAt = this.#overranAt.get(actorId) ?? Number.NEGATIVE_INFINITY;
      if (performance.now() - overranAt < FORGIVEN_MS) return;
      this.#overranAt.delete(actorId);
      if (this.#proven.size >= MOST_REMEMBERED) this.#proven.clear();
      this.#proven.add(actorId);
    }
  }

  async stop() {
    await Promise.all(Object.values(this.#places).map(({ thread }) => thread.stop()));
  }
}

async function inThread(thread: Thread, update: Uint8Array): Promise<Checked | "heavy"> {
  try {
    return await thread.ask({ kind: "check", update });
  } catch (error) {
    if (error instanceof Overrun) return "heavy";
    throw error;
  }
}
