/** Where what is given out goes: to a socket as ready frames, or to whoever asks for the next one. */
import type { RequestId, Wire } from "../../core/ready-frames.ts";
import type { Letter } from "./letter.ts";

export type Outlet<Event extends { seq: number }> = {
  give(letter: Letter<Event>): void;
  /** Bytes that the client has not taken yet. */
  unsent(): number;
};

type AtWire = { wire: Wire; request: RequestId };

export const wireOutlet = ({ wire, request }: AtWire): Outlet<{ seq: number }> => ({
  give: (letter) => wire.write(letter.framesFor(wire.encoding, request)),
  unsent: () => wire.unsent(),
});

/** For a call in process and for server-sent events: one event after the other. */
export class Queue<Event extends { seq: number }> implements Outlet<Event> {
  readonly #held: Letter<Event>[] = [];
  #wake = () => {};

  give(letter: Letter<Event>) {
    this.#held.push(letter);
    this.#wake();
  }

  unsent() {
    return this.#held.reduce((sum, { json }) => sum + json.length, 0);
  }

  /** Until `ended` rejects. */
  async *events(ended: Promise<never>): AsyncGenerator<Event> {
    for (;;) {
      for (let letter = this.#held.shift(); letter; letter = this.#held.shift()) {
        yield letter.event;
      }
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([woken, ended]);
    }
  }
}
