/**
 * What is on its way to us and no call yet: heads, bodies, frames, sockets that have not signed in.
 * Whoever sends all but the last byte makes us keep the rest, and costs himself nothing.
 *
 * A bound on each body is none on their number, and one on their number shuts out the honest beside
 * the hostile. So bytes are counted, by whom they come from: a person who is signed in, else an address, or the /64 that it is of.
 * One sender has a share. When the room of the process ends, whoever holds most of it gives way to
 * whoever holds less: many senders of little are served while few hold much.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { placeOf } from "@guildhall/api/server";

const MB = 1024 * 1024;
const KB = 1024;

/** What the shortest arrival counts. */
const LEAST = 2 * KB;

type Arrival = {
  /** So much of it is kept now; false: there is no room for it. */
  keep(bytes: number): boolean;
  end(): void;
};

export type Arrivals = {
  /** Null: there is no room. `giveWay` ends it when others need its place. */
  begin(from: string, giveWay: () => void): Arrival | null;
  bytes(): number;
};

type Held = { from: string; bytes: number; giveWay: () => void };

export function createArrivals({ all = 64 * MB, each = 16 * MB } = {}): Arrivals {
  const bySender = new Map<string, { bytes: number; held: Set<Held> }>();
  let bytes = 0;

  function add(one: Held, more: number) {
    const sender = bySender.get(one.from) ?? { bytes: 0, held: new Set() };
    one.bytes += more;
    sender.bytes += more;
    bytes += more;
    bySender.set(one.from, sender);
    sender.held.add(one);
  }

  function release(one: Held) {
    const sender = bySender.get(one.from);
    if (!sender?.held.delete(one)) return;
    sender.bytes -= one.bytes;
    bytes -= one.bytes;
    if (sender.held.size === 0) bySender.delete(one.from);
  }

  /** Making room for more of it may have ended this very one. */
  const isHere = (one: Held) => bySender.get(one.from)?.held.has(one) ?? false;

  function hasRoom(from: string, more: number): boolean {
    const mine = (bySender.get(from)?.bytes ?? 0) + more;
    if (mine > each) return false;
    while (bytes + more > all) {
      let most = { bytes: mine, held: new Set<Held>() };
      for (const sender of bySender.values()) if (sender.bytes > most.bytes) most = sender;
      // The first is the oldest.
      const [oldest] = most.held;
      if (!oldest) return false;
      release(oldest);
      oldest.giveWay();
    }
    return true;
  }

  return {
    begin(from, giveWay) {
      if (!hasRoom(from, LEAST)) return null;
      const one: Held = { from, bytes: 0, giveWay };
      add(one, LEAST);
      return {
        keep(kept) {
          const more = kept - one.bytes;
          if (more <= 0) return true;
          if (!hasRoom(from, more) || !isHere(one)) return false;
          add(one, more);
          return true;
        },
        end: () => release(one),
      };
    },
    bytes: () => bytes,
  };
}

/** Every connection counts, until it is a WebSocket: whoever opens thousands and says nothing, too. */
export function boundConnections(server: Server, arrivals: Arrivals): void {
  const begun = new WeakMap<Duplex, Arrival>();
  server.on("connection", (socket: Socket) => {
    const place = placeOf(socket.remoteAddress ?? "unknown");
    const arrival = arrivals.begin(`socket ${place}`, () => socket.destroy());
    if (!arrival) return void socket.destroy();
    begun.set(socket, arrival);
    socket.once("close", arrival.end);
  });
  server.prependListener("upgrade", (_req, socket) => begun.get(socket)?.end());
}
