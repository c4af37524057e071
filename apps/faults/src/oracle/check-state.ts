/** I4: what a client holds equals what the same person reads afresh. */
import { isDeepStrictEqual } from "node:util";
import { stateFrom, stateOf } from "../people/client-state.ts";
import type { ClientEvidence, Evidence, Violation } from "./evidence.ts";
import { type Entry, isChange } from "./journal.ts";

export const checkState = ({ clients }: Evidence): Violation[] => clients.flatMap(checkClient);

function checkClient({ name, entries, fresh }: ClientEvidence): Violation[] {
  if (!fresh) return [];
  const state = stateOf(entries);
  if (!state) {
    return [{ invariant: "I4", client: name, what: "is a member and holds nothing", journal: [] }];
  }
  const truth = stateFrom(fresh);
  const violations: Violation[] = [];
  const differs = (what: string, id: string | null) =>
    violations.push({ invariant: "I4", client: name, what, journal: about(entries, id) });

  if (!isDeepStrictEqual(state.workspace, truth.workspace)) {
    differs(`holds the workspace as ${json(state.workspace)}, is ${json(truth.workspace)}`, null);
  }
  for (const [what, held, true_] of [
    ["member", state.members, truth.members],
    ["project", state.projects, truth.projects],
    ["board", new Map(keys(state.boards)), new Map(keys(truth.boards))],
  ] as const) {
    for (const difference of differences<unknown>(held, true_)) {
      differs(`${what} ${difference.text}`, difference.id);
    }
  }
  for (const [projectId, rows] of truth.boards) {
    const held = state.boards.get(projectId);
    if (!held) continue;
    for (const { id, text } of differences(held, rows)) differs(`task ${text}`, id);
  }
  return violations;
}

const keys = (map: Map<string, unknown>) => [...map.keys()].map((key) => [key, true] as const);

/** The first three; where one row is wrong, the rest seldom says more. */
function differences<T>(held: ReadonlyMap<string, T>, truth: ReadonlyMap<string, T>) {
  const ids = new Set([...held.keys(), ...truth.keys()]);
  return [...ids]
    .filter((id) => !isDeepStrictEqual(held.get(id), truth.get(id)))
    .slice(0, 3)
    .map((id) => ({ id, text: `${id}: ${difference(held.get(id), truth.get(id))}` }));
}

function difference(held: unknown, truth: unknown): string {
  if (held === undefined) return "is missing";
  if (truth === undefined) return `is gone, and still held as ${json(held)}`;
  const old = held as Record<string, unknown>;
  const now = truth as Record<string, unknown>;
  return Object.keys({ ...old, ...now })
    .filter((key) => !isDeepStrictEqual(old[key], now[key]))
    .map((key) => `${key} held as ${json(old[key])}, is ${json(now[key])}`)
    .join("; ");
}

/** The reads, and what the feed said of this row. */
const about = (entries: readonly Entry[], id: string | null) =>
  entries
    .filter((e) =>
      e.kind === "received"
        ? !isChange(e.event) || e.event.entity === "access" || e.event.id === id
        : e.kind === "read" || e.kind === "board" || e.kind === "subscribed" || e.kind === "ended",
    )
    .slice(-12);

const json = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 120);
