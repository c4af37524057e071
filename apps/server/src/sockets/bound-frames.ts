import type { Duplex } from "node:stream";
import { placeOf } from "@guildhall/api/server";
import type { WebSocket } from "ws";
import type { Arrivals } from "../http/arrivals.ts";
import { personOf, STRANGERS_BYTES } from "../http/read-body.ts";
import { TRY_AGAIN_LATER } from "./socket-sink.ts";

const POLICY = 1008;

type From = { socket: Duplex; arrivals: Arrivals; address: string };

/**
 * Counts what a socket has sent of a message that is not whole. `ws` keeps up to `maxPayload` of each,
 * whoever sends it: until somebody has signed in they have as much to say as over HTTP. Null: there is
 * no room for one more that has not.
 */
export function boundFrames(client: WebSocket, { socket, arrivals, address }: From) {
  const giveWay = () => client.terminate();
  let arrival = arrivals.begin(placeOf(address), giveWay);
  if (!arrival) return null;
  let person: string | null = null;
  let unfinished = 0;
  // Before `ws` reads it, which then may find the message whole.
  socket.prependListener("data", (piece: Buffer) => {
    unfinished += piece.length;
    // Once signed in, only what is long is worth counting.
    const isLong = unfinished > STRANGERS_BYTES;
    if (person === null && isLong) return refuse(POLICY, "Sign in first.");
    if (person !== null && !isLong) return;
    arrival ??= arrivals.begin(person ?? placeOf(address), giveWay);
    if (!arrival?.keep(unfinished))
      refuse(TRY_AGAIN_LATER, "Too many of your requests are in progress.");
  });
  client.on("message", () => {
    unfinished = 0;
    if (person !== null) done();
  });
  client.once("close", done);
  /** Whoever does not stop sending is not waited for. */
  function refuse(code: number, why: string) {
    client.close(code, why);
    client.terminate();
  }
  function done() {
    arrival?.end();
    arrival = null;
  }
  return {
    signedIn(userId: string) {
      person = personOf(userId);
      done();
    },
  };
}
