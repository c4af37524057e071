/** A test that cannot fail proves nothing: the oracle finds each kind of violation. */
import { expect, test } from "vitest";
import type { ClientEvidence, Evidence } from "./evidence.ts";
import type { Entry } from "./journal.ts";
import { judge, report } from "./oracle.ts";
import { LAST, momentOf, received, receivedLate, soundEvidence, task } from "./sample-evidence.ts";

type Doctored = ReturnType<typeof soundEvidence>;

const found = (evidence: Evidence) => [...new Set(judge(evidence).map((v) => v.invariant))].sort();

/** What happens to one client's evidence. */
const doctor =
  (name: string, change: (client: ClientEvidence) => Partial<ClientEvidence>) =>
  (evidence: Doctored): Evidence => ({
    ...evidence,
    clients: evidence.clients.map((c) => (c.name === name ? { ...c, ...change(c) } : c)),
  });
const entries = (name: string, change: (entries: readonly Entry[]) => readonly Entry[]) =>
  doctor(name, (client) => ({ entries: change(client.entries) }));
const without = (mutationId: string, e: Doctored): Evidence => ({
  ...e,
  mutationIds: new Set([...e.mutationIds].filter((id) => id !== mutationId)),
});
const isReceived = (seq: number) => (e: Entry) => e.kind === "received" && e.event.seq === seq;
const late = (e: Entry, by: number) => (isReceived(9)(e) || isReceived(11)(e) ? at(e, by) : e);
const at = (e: Entry, by: number): Entry => ({ ...e, at: momentOf(10) + 10 + by });
const appended =
  (...more: Entry[]) =>
  (all: readonly Entry[]) => [...all, ...more];
/** Where its number belongs among what came. */
const inOrder =
  (...more: Entry[]) =>
  (all: readonly Entry[]) =>
    [...all, ...more].toSorted((a, b) => a.at - b.at);
const ended = momentOf(20);

test("a sound run has no violation", () => {
  expect(judge(soundEvidence())).toEqual([]);
});

test.each<[string, string[], (evidence: Doctored) => Evidence]>([
  ["an acknowledged mutation that the database does not know", ["I1"], (e) => without("create", e)],
  [
    "an acknowledged mutation that changed nothing",
    ["I1"],
    (e) =>
      entries(
        "ann",
        appended({ kind: "acknowledged", mutationId: "none", answer: {}, at: ended }),
      )({ ...e, mutationIds: new Set([...e.mutationIds, "none"]) } as Doctored),
  ],
  [
    "an answer that is not what was kept",
    ["I1"],
    entries("ben", (all) =>
      all.map((e) => (e.kind === "acknowledged" ? { ...e, answer: task(7) } : e)),
    ),
  ],
  [
    "a mutation applied twice",
    ["I2"],
    (e) => {
      const twice = {
        ...e.changes[8],
        seq: LAST + 1,
        at: new Date(ended),
      } as (typeof e.changes)[number];
      const { scopeId: _, audienceUserId: __, ...event } = twice;
      const heard = appended({ kind: "received", event, at: ended });
      const doubled = { ...e, changes: [...e.changes, twice], lastSeq: LAST + 1 } as Doctored;
      const fresh = { boards: new Map([["p", [task(2)]]]) };
      return doctor("ann", (c) => ({
        entries: heard(c.entries),
        fresh: c.fresh && { ...c.fresh, ...fresh },
      }))(doubled);
    },
  ],
  [
    "a refused mutation that was applied",
    ["I2"],
    entries("ann", (all) =>
      all.flatMap((e): Entry[] => {
        if (!("mutationId" in e) || e.mutationId !== "last" || e.kind === "sent") return [e];
        if (e.kind === "unclear") return [];
        return [{ kind: "refused", mutationId: "last", reason: "not_found", at: e.at }];
      }),
    ),
  ],
  [
    "an answer that no fault excuses",
    ["answers"],
    entries("cat", appended({ kind: "refused", mutationId: "x", reason: "internal", at: ended })),
  ],
  [
    "a mutation that nobody answered",
    ["service"],
    entries(
      "cat",
      appended({ kind: "sent", mutationId: "x", path: "tasks.create", input: {}, at: ended }),
    ),
  ],
  [
    "a gap in the database's feed",
    ["I3"],
    (e) => ({ ...e, changes: e.changes.map((c) => (c.seq === 6 ? { ...c, seq: 5 } : c)) }),
  ],
  ["a number that was given and is not kept", ["I3"], (e) => ({ ...e, lastSeq: LAST + 1 })],
  [
    "a change received twice",
    ["I3"],
    entries("ann", (all) => all.flatMap((e) => (isReceived(9)(e) ? [e, e] : [e]))),
  ],
  [
    "changes received out of order",
    ["I3"],
    entries("ann", (all) =>
      all.toSorted((a, b) => Number(isReceived(9)(b)) - Number(isReceived(9)(a))),
    ),
  ],
  [
    "a change in the middle that never came",
    ["I3"],
    entries("ann", (all) => all.filter((e) => !isReceived(9)(e))),
  ],
  [
    "a last change that never came",
    ["I3", "I4"],
    entries("ann", (all) => all.filter((e) => !isReceived(12)(e))),
  ],
  [
    "a row that differs from the fresh read",
    ["I4"],
    doctor("ann", ({ fresh }) => ({
      fresh: fresh && { ...fresh, boards: new Map([["p", [{ ...task(3), title: "other" }]]]) },
    })),
  ],
  [
    "a row that is held and gone",
    ["I4"],
    doctor("ann", ({ fresh }) => ({ fresh: fresh && { ...fresh, boards: new Map([["p", []]]) } })),
  ],
  [
    "a project that is held and no longer theirs",
    ["I3", "I4"],
    entries("ben", (all) =>
      all.filter((e) => !isReceived(11)(e) && (e.kind !== "read" || e.workspace.seq < 10)),
    ),
  ],
  ["a row from after the end of the right", ["I5"], entries("ben", inOrder(received(12)))],
  [
    "a row from before the end of the right, more than a second after it",
    ["I5"],
    entries("ben", (all) => all.map((e) => late(e, 1_050))),
  ],
  [
    "what was open when it was written and is private since, read by who joined later",
    ["I5"],
    entries("nia", inOrder(receivedLate(13))),
  ],
  [
    "words about what is private since, read by who joined later",
    ["I5"],
    entries("nia", inOrder(receivedLate(14))),
  ],
  ["what is for another person only", ["I5"], entries("cat", inOrder(received(11)))],
  ["a row of a project that was never theirs", ["I5"], entries("cat", inOrder(received(8)))],
  [
    "a row that the feed does not have",
    ["I4", "I5"],
    entries("ann", (all) =>
      all.map((e) =>
        e.kind === "received" && e.event.seq === 9 && e.event.entity === "task"
          ? { ...e, event: { ...e.event, id: "other" } }
          : e,
      ),
    ),
  ],
])("finds %s", (_what, invariants, change) => {
  const evidence = change(soundEvidence());
  expect(found(evidence)).toEqual(invariants);
  expect(report("a run", 7, judge(evidence))).toMatch(/^a run with SEED=7: \d+ violations\n/);
});

test.each<[string, (evidence: Doctored) => Evidence]>([
  ["within the second", entries("ben", (all) => all.map((e) => late(e, 950)))],
  [
    "over a link that was held up",
    doctor("ben", (c) => ({
      entries: c.entries.map((e) => late(e, 3_000)),
      heldUp: [{ from: momentOf(9), until: ended }],
    })),
  ],
  [
    "read late by ourselves",
    (e) => ({
      ...entries("ben", (all) => all.map((x) => late(x, 3_000)))(e),
      lateness: () => 1_500,
    }),
  ],
])("a row from before the end of a right may come %s", (_what, change) => {
  expect(judge(change(soundEvidence()))).toEqual([]);
});
