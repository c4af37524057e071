/** Judges what strangers send before anything is done with it. */
import { refused } from "../../core/errors.ts";
import { BoundedThread, type Bounds, Overrun } from "./bounded-thread.ts";
import { type Fault, faultOf } from "./check-update.ts";
import type { Checked, Question } from "./document-thread.ts";
import { threadFile } from "./thread-file.ts";

/** Some microseconds of one walk; and so few structs that whatever they say is soon put together. */
const SMALL_BYTES = 8 * 1024;
const BOUNDS: Bounds = { megabytes: 256, milliseconds: 200 };

const sentences: Record<Fault | "heavy", string> = {
  broken: "Nothing was saved: this is not a whole Yjs update in the v1 encoding.",
  foreign: "Nothing was saved: this update is about something else than the text of a document.",
  heavy:
    "Nothing was saved: this update takes too long to be put together. Send less of it at a time.",
};

const refusal = (fault: Fault | "heavy") => refused(`update_${fault}`, sentences[fault]);

export class PushCheck {
  readonly #thread: BoundedThread;

  constructor(bounds: Bounds = BOUNDS) {
    this.#thread = new BoundedThread(threadFile, bounds);
  }

  /** Takes what decodes to an update of a document's text, in base64. */
  async check(update: string): Promise<void> {
    const bytes = Buffer.from(update, "base64");
    const fault = bytes.length <= SMALL_BYTES ? faultOf(bytes) : await this.#inThread(bytes);
    if (fault) throw refusal(fault);
  }

  async #inThread(update: Uint8Array): Promise<Checked | "heavy"> {
    const question: Question = { kind: "check", update };
    try {
      return await this.#thread.ask<Checked>(question);
    } catch (error) {
      if (error instanceof Overrun) return "heavy";
      throw error;
    }
  }

  stop() {
    return this.#thread.stop();
  }
}
