import type { ChangeMessage } from "./change-message.ts";

const MAX_MESSAGES = 2_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** The newest messages of a feed, without a gap, within bounds. */
export class Recent {
  /** The number before the first message kept; null before anything is known. */
  #before: number | null = null;
  #messages: ChangeMessage[] = [];
  #bytes = 0;

  startAt(seq: number) {
    this.#before = seq;
  }

  /** Takes messages that follow directly on the last one. */
  push(messages: ChangeMessage[]) {
    for (const message of messages) {
      this.#messages.push(message);
      this.#bytes += message.json.length;
    }
    if (this.#messages.length > 2 * MAX_MESSAGES || this.#bytes > 2 * MAX_BYTES) this.#shorten();
  }

  /** What follows `seq`; null when it begins before what is kept. */
  after(seq: number): ChangeMessage[] | null {
    if (this.#before === null || seq < this.#before) return null;
    return this.newest(seq);
  }

  /** What follows `seq`, or as much of it as is kept. */
  newest(seq: number): ChangeMessage[] {
    return this.#messages.slice(Math.max(0, seq - (this.#before ?? 0)));
  }

  /** Down to the bounds in one step at twice the bounds, so that a push rarely moves anything. */
  #shorten() {
    let drop = Math.max(0, this.#messages.length - MAX_MESSAGES);
    let bytes = this.#bytes;
    for (let i = 0; i < drop; i++) bytes -= this.#messages[i]?.json.length ?? 0;
    while (bytes > MAX_BYTES) bytes -= this.#messages[drop++]?.json.length ?? 0;
    this.#before = this.#messages[drop - 1]?.seq ?? this.#before;
    this.#messages = this.#messages.slice(drop);
    this.#bytes = bytes;
  }
}
