/**
 * I5: nobody receives a row that they may not see, neither where its change was made nor where its thing
 * stands.
 *
 * A change may reach a person if, in some epoch since it was made, they might see it, and that epoch
 * had begun, and had not ended more than a second before: the second that open subscriptions have to
 * notice an end. So a row after the end of a right in the feed is wrong at any time, and a row before
 * it is wrong a second later.
 */
import type { ClientEvidence, Evidence, Violation } from "./evidence.ts";
import { type Entry, isChange, type KeptChange } from "./journal.ts";
import { type Epoch, epochAt, maySeeIn, rightsOf } from "./rights.ts";

const GRACE_MS = 1_000;

type Received = Extract<Entry, { kind: "received" }>;

export function checkRights(evidence: Evidence): Violation[] {
  const epochs = rightsOf(evidence.changes);
  const ends = endsOf(epochs, evidence);
  const kept = new Map(evidence.changes.map((change) => [change.seq, change]));
  return evidence.clients.flatMap((client) => {
    const found: Violation[] = [];
    const wrong = (what: string, entry: Received) =>
      found.push({ invariant: "I5", client: client.name, what, journal: [entry] });
    for (const entry of client.entries) {
      if (entry.kind !== "received" || !isChange(entry.event)) continue;
      const change = kept.get(entry.event.seq);
      if (!change || change.id !== entry.event.id || change.entity !== entry.event.entity) {
        wrong(`received ${entry.event.seq}, which the feed has not like that`, entry);
      } else {
        const problem = judge(change, entry, { client, epochs, ends, evidence });
        if (problem) wrong(problem, entry);
      }
    }
    return found;
  });
}

/** When each epoch was over for certain: the change that ended it had been acknowledged. */
function endsOf(epochs: Epoch[], { clients }: Evidence): number[] {
  const acknowledged = new Map<string, number>();
  for (const { entries } of clients) {
    for (const e of entries) if (e.kind === "acknowledged") acknowledged.set(e.mutationId, e.at);
  }
  return epochs.map((_, i) => {
    const id = epochs[i + 1]?.mutationId;
    return (id && acknowledged.get(id)) || Number.POSITIVE_INFINITY;
  });
}

type Case = { client: ClientEvidence; epochs: Epoch[]; ends: number[]; evidence: Evidence };

function judge(change: KeptChange, entry: Received, { client, epochs, ends, evidence }: Case) {
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = epochAt(epochs, change.seq); i < epochs.length; i++) {
    const epoch = epochs[i];
    if (!epoch || epoch.at > entry.at || !maySeeIn(epoch, client.userId, change)) continue;
    latest = Math.max(latest, ends[i] ?? Number.POSITIVE_INFINITY);
  }
  const what = `${change.seq} (${change.entity} ${change.op} within ${change.scopeId})`;
  if (latest === Number.NEGATIVE_INFINITY) return `received ${what} without ever a right to it`;
  if (latest === Number.POSITIVE_INFINITY) return null;
  const heldUp = client.heldUp.some(({ from, until }) => from <= entry.at && until >= latest);
  const allowed = latest + GRACE_MS + 2 * evidence.lateness(latest, entry.at);
  if (heldUp || entry.at <= allowed) return null;
  return `received ${what} ${Math.round(entry.at - latest)} ms after the right to it had ended`;
}
