import type { LogEvent } from "../../core/document-log.ts";
import type { RequestId, Wire } from "../../core/ready-frames.ts";
import type { Letter } from "./letter.ts";
import type { Guest, Seat } from "./room.ts";

type AtWire = { wire: Wire; request: RequestId; cursor: number };

export function wireSeat(guest: Guest, { wire, request, cursor }: AtWire): Seat {
  return {
    guest,
    cursor,
    give: (letter) => wire.write(letter.framesFor(wire.encoding, request)),
    unsent: () => wire.unsent(),
  };
}

/** For a call in process and for server-sent events: one event after the other. */
export function plainSeat(guest: Guest, cursor: number, ended: Promise<never>) {
  const held: Letter[] = [];
  let wake = () => {};
  const seat: Seat = {
    guest,
    cursor,
    give: (letter) => {
      held.push(letter);
      wake();
    },
    unsent: () => held.reduce((sum, { json }) => sum + json.length, 0),
  };
  async function* events(): AsyncGenerator<LogEvent> {
    for (;;) {
      for (let letter = held.shift(); letter; letter = held.shift()) yield letter.event;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, ended]);
    }
  }
  return { seat, events: events() };
}
