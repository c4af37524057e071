/** I1: no acknowledged mutation is missing. I2: each was applied once, and a refused one never. */
import type { ClientEvidence, Evidence, Violation } from "./evidence.ts";
import type { Entry, KeptChange } from "./journal.ts";
import { transactionsOf } from "./rights.ts";

/** What a client that does nothing wrong may hear: its right ended, or somebody was there first. */
const FAIR_REFUSALS = new Set(["role_too_low", "not_found", "gone_meanwhile"]);

type Done = Map<string, KeptChange[][]>;

export function checkMutations(evidence: Evidence): Violation[] {
  const done: Done = Map.groupBy(transactionsOf(evidence.changes), (t) => t[0]?.mutationId ?? "");
  return evidence.clients.flatMap((client) =>
    [...mutationsOf(client)].flatMap(([id, entries]) =>
      judge(id, entries, done.get(id) ?? [], evidence).map((violation) => ({
        ...violation,
        client: client.name,
        journal: entries,
      })),
    ),
  );
}

function mutationsOf({ entries }: ClientEvidence): Map<string, Entry[]> {
  const withId = entries.filter((e) => "mutationId" in e);
  return Map.groupBy(withId, (e) => e.mutationId);
}

type Finding = Pick<Violation, "invariant" | "what">;

function judge(id: string, entries: Entry[], applied: KeptChange[][], evidence: Evidence) {
  const found: Finding[] = [];
  const wrong = (invariant: Violation["invariant"], what: string) =>
    void found.push({ invariant, what });
  const unclear = entries.some((e) => e.kind === "unclear");
  if (!entries.some((e) => e.kind === "acknowledged" || e.kind === "refused")) {
    wrong("service", `${id} was never answered clearly`);
  }
  for (const entry of entries) {
    if (entry.kind === "acknowledged") {
      if (!evidence.mutationIds.has(id)) wrong("I1", `${id} was acknowledged and is not kept`);
      if (applied.length === 0) wrong("I1", `${id} was acknowledged and changed nothing`);
      const strange = strangeAnswer(entry.answer, applied.flat());
      if (strange) wrong("I1", `${id} was acknowledged with ${strange}`);
    } else if (entry.kind === "refused") {
      // After an unclear try, a refusal says nothing about that one.
      if (applied.length > 0 && !unclear) wrong("I2", `${id} was refused, and applied`);
      if (!FAIR_REFUSALS.has(entry.reason)) wrong("answers", `${id} was refused: ${entry.reason}`);
    }
  }
  if (applied.length > 1) wrong("I2", `${id} was applied ${applied.length} times`);
  return found;
}

/** The answer to a change of a task or a document shows the row as that change left it. */
function strangeAnswer(answer: unknown, changes: KeptChange[]): string | null {
  if (typeof answer !== "object" || !answer || !("id" in answer) || !("version" in answer)) {
    return null;
  }
  const change = changes.findLast(
    (c) => (c.entity === "task" || c.entity === "document") && c.id === answer.id,
  );
  if (!change?.row || !("version" in change.row)) return `a row that it did not change`;
  if (change.row.version === answer.version) return null;
  return `version ${answer.version}, and kept as ${change.row.version}`;
}
