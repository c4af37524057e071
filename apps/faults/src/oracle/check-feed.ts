/**
 * I3: the database numbers the feed 1..n without a gap; what a client receives rises strictly, and
 * nothing is left out that it might see from the moment of the change to the end.
 */
import type { ClientEvidence, Evidence, Violation } from "./evidence.ts";
import { type Entry, isChange, type KeptChange } from "./journal.ts";
import { type Epoch, epochAt, maySeeIn, rightsOf } from "./rights.ts";

const OWN: Pick<Violation, "client" | "journal"> = { client: null, journal: [] };

export function checkFeed(evidence: Evidence): Violation[] {
  const epochs = rightsOf(evidence.changes);
  return [
    ...checkNumbers(evidence),
    ...evidence.clients.flatMap((client) => [
      ...checkOrder(client),
      ...checkNothingLeftOut(client, evidence.changes, epochs),
    ]),
  ];
}

function checkNumbers({ changes, lastSeq }: Evidence): Violation[] {
  const at = changes.findIndex(({ seq }, i) => seq !== i + 1);
  if (at >= 0) {
    const what = `the database's feed has ${changes[at]?.seq} where ${at + 1} belongs`;
    return [{ ...OWN, invariant: "I3", what }];
  }
  if (changes.length === lastSeq) return [];
  const what = `the database gave ${lastSeq} numbers and keeps ${changes.length} changes`;
  return [{ ...OWN, invariant: "I3", what }];
}

function checkOrder({ name, entries }: ClientEvidence): Violation[] {
  let last = 0;
  for (const [i, entry] of entries.entries()) {
    if (entry.kind === "subscribed") last = entry.seq;
    if (entry.kind !== "received") continue;
    const { seq } = entry.event;
    if (isChange(entry.event) && seq <= last) {
      const what = `received ${seq} after ${last}`;
      return [{ invariant: "I3", client: name, what, journal: entries.slice(i - 6, i + 6) }];
    }
    // The feed's own words (a reset, "this was all until now") may stand at a number already heard.
    last = seq;
  }
  return [];
}

/** Only the last subscription: the ones before were ended by the server, and something read afresh. */
function checkNothingLeftOut(
  client: ClientEvidence,
  changes: readonly KeptChange[],
  epochs: Epoch[],
): Violation[] {
  if (!client.fresh) return [];
  const start = client.entries.findLastIndex((e) => e.kind === "subscribed");
  const subscribed = client.entries[start];
  if (subscribed?.kind !== "subscribed") return [];
  const got = new Set<number>();
  let after = subscribed.seq;
  for (const entry of client.entries.slice(start)) {
    if (entry.kind !== "received") continue;
    if (entry.event.entity === "reset") after = entry.event.seq;
    else got.add(entry.event.seq);
  }
  const missing = changes.filter(
    (c) =>
      c.seq > after &&
      !got.has(c.seq) &&
      epochs.slice(epochAt(epochs, c.seq)).every((epoch) => maySeeIn(epoch, client.userId, c)),
  );
  const [first] = missing;
  if (!first) return [];
  const what = `never received ${missing.length} changes, first ${first.seq} (${first.entity} ${first.op} ${first.id})`;
  const around = client.entries.filter(
    (e) => e.kind !== "received" || Math.abs(e.event.seq - first.seq) < 3,
  );
  const journal = [subscribed, ...around.filter(isNear(first.at.getTime()))];
  return [{ invariant: "I3", client: client.name, what, journal }];
}

const isNear = (at: number) => (entry: Entry) =>
  Math.abs(entry.at - at) < 2_000 && ["received", "ended", "read"].includes(entry.kind);
