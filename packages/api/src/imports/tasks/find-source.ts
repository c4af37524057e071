/**
 * Which of the sources that this project knows a file comes from.
 *
 * Problem: tasks of a file are found again by their ids, and the ids of a table are 1, 2, 3 … in every
 * tool. Taken for the same tasks, those of the one tool would overwrite those of the other.
 *
 * So the ids that are known here are looked at: when they stand for tasks that have nothing in common
 * with the file's, it is not the same source, unless somebody says so. The tasks of a second source
 * get ids of their own (`csv~2:1`), under which its next file finds them.
 */

import type { ImportPlan, PlannedTask } from "@guildhall/importers/tasks";
import { digest } from "./imported-fields.ts";
import type { KnownTask } from "./resolve-tasks.ts";

/** What a person answered; null: nobody was asked. */
export type SourceAnswer = "same" | "other" | null;

export type OtherSource = {
  /** How many ids of the file were seen in another one. */
  ids: number;
  /** Some of them, with what they stand for. */
  examples: { key: string; here: string; file: string }[];
  answer: SourceAnswer;
};

type Pair = { planned: PlannedTask; known: KnownTask };
type Candidate = { name: string; pairs: Pair[]; strangers: Pair[]; alike: number };

const EXAMPLES = 5;
const split = (sourceId: string) => {
  const at = sourceId.indexOf(":");
  return [sourceId.slice(0, at), sourceId.slice(at + 1)] as const;
};

/** The plan, with the ids of its source; and what there is to ask. */
export function findSource(
  plan: ImportPlan,
  known: KnownTask[],
  answer: SourceAnswer,
): { plan: ImportPlan; otherSource: OtherSource | null } {
  const [base] = split(plan.tasks[0]?.sourceId ?? ":");
  const candidates = namesOf(base, known).map((name) => lookAt(name, plan, known));
  const strangers = candidates.flatMap((candidate) => candidate.strangers);
  const fitting = candidates.filter(
    ({ name, pairs, strangers }) =>
      pairs.length > 0 && strangers.length === 0 && (answer !== "other" || name !== base),
  );
  const best = (list: Candidate[]) => list.toSorted((a, b) => b.alike - a.alike)[0]?.name;
  const seen = candidates.some(({ pairs }) => pairs.length > 0);
  const unknown = answer === "other" ? seen : strangers.length > 0;
  const name =
    best(fitting) ??
    (answer === "same" ? best(candidates) : undefined) ??
    (unknown ? `${base}~${candidates.length + 1}` : base);
  const isAsked = fitting.length === 0 && strangers.length > 0;
  return {
    plan: name === base ? plan : renamed(plan, base, name),
    otherSource: isAsked ? describe(strangers, answer) : null,
  };
}

/** The first is there also when nothing of it is. */
function namesOf(base: string, known: KnownTask[]): string[] {
  const names = new Set([base]);
  for (const { sourceId } of known) {
    const [name] = split(sourceId ?? ":");
    if (name.startsWith(`${base}~`)) names.add(name);
  }
  return [...names].sort((a, b) => a.length - b.length || a.localeCompare(b));
}

function lookAt(name: string, plan: ImportPlan, known: KnownTask[]): Candidate {
  const bySource = new Map(known.map((task) => [task.sourceId, task]));
  const pairs = plan.tasks.flatMap((planned) => {
    const found = bySource.get(`${name}:${split(planned.sourceId)[1]}`);
    return found ? [{ planned, known: found }] : [];
  });
  // Those of files of one shape are of one source, whatever else is known under these ids.
  const groups = Map.groupBy(pairs, (pair) => pair.known.sourceFields?.from ?? "");
  const strangers = [...groups].flatMap(([from, group]) =>
    isStrange(group, from === plan.shape) ? group.filter((pair) => !isAlike(pair)) : [],
  );
  return { name, pairs, strangers, alike: pairs.filter(isAlike).length };
}

const FEW = 3;

/** A file of the very same shape is another source's only when nothing at all speaks for it. */
function isStrange(group: Pair[], isSameShape: boolean): boolean {
  const alike = group.filter(isAlike).length;
  if (!isSameShape) return alike * 2 < group.length;
  return alike === 0 && (group.length >= FEW || group.some(isContradicted));
}

function isAlike({ planned, known }: Pair): boolean {
  const { sourceFields: before } = known;
  const { title, description, createdAt, url } = planned;
  if (before?.title === digest(title) || isLikeTitle(title, known.title)) return true;
  if (url !== null && url === known.source?.url) return true;
  if (createdAt && before?.createdAt === digest(createdAt)) return true;
  return description !== "" && before?.description === digest(description);
}

/** Both files say when it was made, and not the same. */
const isContradicted = ({ planned, known }: Pair) =>
  planned.createdAt !== null &&
  known.sourceFields?.createdAt !== undefined &&
  known.sourceFields.createdAt !== digest(planned.createdAt);

const wordsOf = (title: string) => title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** One goes on where the other ends, or most of their words are the same. */
function isLikeTitle(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length === 0 || b.length === 0) return one.trim() === other.trim();
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.every((word, at) => long[at] === word)) return true;
  const known = new Set(long);
  return short.filter((word) => known.has(word)).length * 2 > long.length;
}

function renamed(plan: ImportPlan, base: string, name: string): ImportPlan {
  const rename = (id: string) => {
    const [own, rest] = split(id);
    return own === base ? `${name}:${rest}` : id;
  };
  const tasks = plan.tasks.map((task) => ({
    ...task,
    sourceId: rename(task.sourceId),
    parentSourceId: task.parentSourceId === null ? null : rename(task.parentSourceId),
    blockedBySourceIds: task.blockedBySourceIds.map(rename),
  }));
  return { ...plan, tasks };
}

const describe = (strangers: Pair[], answer: SourceAnswer): OtherSource => ({
  ids: strangers.length,
  examples: strangers.slice(0, EXAMPLES).map(({ planned, known }) => ({
    key: planned.sourceKey ?? split(planned.sourceId)[1],
    here: known.title,
    file: planned.title,
  })),
  answer,
});
