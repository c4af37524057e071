/**
 * The one judge of every fault run.
 *
 * Virtual clients keep journals of what they sent, what was acknowledged and what they received.
 * Afterwards, with the database at rest:
 *
 * - I1 no acknowledged mutation is missing in the database;
 * - I2 each was applied once;
 * - I3 the feed is 1..n without a gap, and each client received its part of it, in order;
 * - I4 a client's state equals a fresh read by the same person;
 * - I5 nobody received a row that they may not see.
 *
 * Beside these a run may say that service did not come back in time ("service"), or that somebody
 * heard an answer that no fault excuses ("answers").
 */
import { checkFeed } from "./check-feed.ts";
import { checkMutations } from "./check-mutations.ts";
import { checkRights } from "./check-rights.ts";
import { checkState } from "./check-state.ts";
import type { Evidence, Violation } from "./evidence.ts";
import { describe } from "./journal.ts";

export const judge = (evidence: Evidence): Violation[] => [
  ...checkMutations(evidence),
  ...checkFeed(evidence),
  ...checkState(evidence),
  ...checkRights(evidence),
];

const SHOWN = 5;
const LINES = 12;

/** For people: what was broken, with the journal that shows it and how to play it again. */
export function report(run: string, seed: number, violations: readonly Violation[]): string {
  const lines = [`${run} with SEED=${seed}: ${violations.length} violations`];
  for (const { invariant, client, what, journal } of violations.slice(0, SHOWN)) {
    lines.push(`${invariant} ${client ?? "database"}: ${what}`);
    for (const entry of journal.slice(-LINES)) lines.push(`    ${describe(entry)}`);
  }
  if (violations.length > SHOWN) lines.push(`and ${violations.length - SHOWN} more`);
  return lines.join("\n");
}
