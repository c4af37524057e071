import type { IncomingMessage } from "node:http";
import { placeOf } from "@guildhall/api/server";
import type { Arrivals } from "./arrivals.ts";
import { type Refusal, refusals } from "./refusal.ts";

/** What a stranger has to say is short: a sign-in, a registration, an invitation. */
export const STRANGERS_BYTES = 16 * 1024;

export type Sender = {
  address: string;
  /** The account that sends this; null for nobody's. Asks the database. */
  whoIs: () => Promise<string | null>;
  /** Whether something long of this account would be looked at; if not, its body is not kept. */
  takesLong?: (userId: string) => boolean;
};

export type Body = {
  text: string;
  /** It counts for as long as somebody works with it. */
  done: () => void;
};

export const personOf = (userId: string) => `person ${userId}`;

/** Counts what one request sends: for its address, and what is longer than a stranger's for its account. */
export function claimRoom(
  arrivals: Arrivals,
  { req, sender }: { req: IncomingMessage; sender: Sender },
) {
  const giveWay = () => void req.destroy();
  let arrival = arrivals.begin(placeOf(sender.address), giveWay);
  let isKnown = false;
  return {
    async keep(bytes: number): Promise<Refusal | null> {
      if (!isKnown && bytes > STRANGERS_BYTES) {
        const userId = await sender.whoIs();
        if (userId === null) return refusals.signedOut;
        if (sender.takesLong?.(userId) === false) return refusals.tooOften;
        isKnown = true;
        arrival?.end();
        arrival = arrivals.begin(personOf(userId), giveWay);
      }
      return arrival?.keep(bytes) ? null : refusals.busy;
    },
    end: () => arrival?.end(),
  };
}

/** All of a body within its bound, as text: procedures take JSON. Null: its sender is gone. */
export async function readBody(
  arrivals: Arrivals,
  { req, sender, limit }: { req: IncomingMessage; sender: Sender; limit: number },
): Promise<Body | Refusal | null> {
  const room = claimRoom(arrivals, { req, sender });
  const read = await gather(req, limit, room.keep).catch((error: unknown) => {
    room.end();
    // Cut off by its sender, or by us when it was too slow or had to give way.
    if (req.destroyed && !req.complete) return null;
    throw error;
  });
  if (Buffer.isBuffer(read)) return { text: read.toString(), done: room.end };
  room.end();
  return read;
}

async function gather(
  req: IncomingMessage,
  limit: number,
  keep: (bytes: number) => Promise<Refusal | null>,
): Promise<Buffer | Refusal | null> {
  const announced = Number(req.headers["content-length"] ?? 0);
  if (announced > STRANGERS_BYTES) {
    // Whoever may not send it need not send it first.
    const refusal = await keep(STRANGERS_BYTES + 1);
    if (refusal) return refusal;
  }
  let kept = Buffer.allocUnsafeSlow(0);
  let size = 0;
  for await (const piece of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const wanted = size + piece.length;
    if (wanted > limit) return refusals.tooLarge;
    if (wanted > kept.length) {
      // One piece of memory that doubles: a piece for each byte that comes would cost a hundred times it.
      const room = Math.min(limit, Math.max(2 * kept.length, wanted));
      const refusal = await keep(room);
      if (refusal) return refusal;
      const grown = Buffer.allocUnsafeSlow(room);
      kept.copy(grown, 0, 0, size);
      free(kept);
      kept = grown;
    }
    piece.copy(kept, size);
    free(piece);
    size = wanted;
  }
  return kept.subarray(0, size);
}

/** At once: the collector of garbage would let a hundred megabytes of such pieces come together first. */
export function free({ buffer, byteLength }: Buffer): void {
  // Several may share what was read at once.
  if (byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
