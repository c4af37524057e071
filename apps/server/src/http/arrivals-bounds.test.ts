import { createServer } from "node:http";
import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { boundConnections, createArrivals } from "./arrivals.ts";

const KB = 1024;

/** Begins one, and says later whether it had to give way. */
function arrive(arrivals: ReturnType<typeof createArrivals>, from: string, bytes = 16 * KB) {
  const state = { gone: false };
  const arrival = arrivals.begin(from, () => {
    state.gone = true;
  });
  return { state, arrival, isKept: arrival?.keep(bytes) ?? false };
}

test("one sender has its share, and gets it back when what it sent is done with", () => {
  const arrivals = createArrivals({ all: 1_000 * KB, each: 100 * KB });
  const first = arrive(arrivals, "ann", 90 * KB);
  expect(first.isKept).toBe(true);
  expect(arrive(arrivals, "ann").isKept).toBe(false);
  expect(arrive(arrivals, "ann").isKept).toBe(false);
  expect(arrive(arrivals, "ben", 90 * KB).isKept).toBe(true);
  first.arrival?.end();
  first.arrival?.end();
  expect(arrivals.bytes()).toBe(94 * KB);
  expect(arrive(arrivals, "ann", 90 * KB).isKept).toBe(true);
});

test("when room ends, the oldest of whoever holds most gives way, and nobody to who holds as much", () => {
  const arrivals = createArrivals({ all: 200 * KB, each: 150 * KB });
  const hostile = [1, 2, 3].map(() => arrive(arrivals, "hostile", 48 * KB));
  const other = arrive(arrivals, "other", 40 * KB);
  expect(arrive(arrivals, "honest", 40 * KB).isKept).toBe(true);
  expect([...hostile, other].map(({ state }) => state.gone)).toEqual([true, false, false, false]);
  expect(arrive(arrivals, "hostile", 60 * KB).isKept).toBe(false);
  expect(hostile.slice(1).some(({ state }) => state.gone)).toBe(false);
});

test("what gave way counts no more, whatever it says later", () => {
  const arrivals = createArrivals({ all: 100 * KB, each: 100 * KB });
  const hostile = arrive(arrivals, "hostile", 100 * KB);
  arrive(arrivals, "honest");
  expect(hostile.state.gone).toBe(true);
  expect(hostile.arrival?.keep(101 * KB)).toBe(false);
  hostile.arrival?.end();
  expect(arrivals.bytes()).toBe(16 * KB);
});

test("the connections of one /64 count together, whatever address of it each has", () => {
  const server = createServer();
  boundConnections(server, createArrivals({ all: 1_000 * KB, each: 10 * KB }));
  const connected = (address: string) => {
    const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    server.emit("connection", Object.assign(socket, { remoteAddress: address }));
    return !socket.destroyed;
  };
  const hostile = Array.from({ length: 20 }, (_, n) => connected(`2001:db8:1:2::${n + 1}`));
  expect(hostile.filter(Boolean)).toHaveLength(5);
  expect(connected("2001:db8:1:3::1")).toBe(true);
  expect(connected("::ffff:192.0.2.1")).toBe(true);
});
