import { type StatusCategory, statusCategories } from "@guildhall/db/lists";
import type { PlannedStatus } from "../plan/plan.ts";

/**
 * What a status name most likely means. Order matters: "not started" before "started", "ready for
 * review" (work goes on) before "ready" (work may begin).
 */
const PATTERNS: [RegExp, StatusCategory][] = [
  [/\b(not started|to ?do|to be done|not done)\b/, "unstarted"],
  [
    /\b(cancel+ed|cancel|won'?t (do|fix)|wontfix|rejected|abandoned|declined|duplicate|invalid|not planned|obsolete|discarded)\b/,
    "cancelled",
  ],
  [/\b(back ?log|triage|icebox|ideas?|someday|future|inbox|wish ?list)\b/, "backlog"],
  [/\bready (for|to) (review|qa|test|testing|merge|release|deploy)\b/, "started"],
  [/\bin (progress|review|development|testing|qa|design|staging)\b/, "started"],
  [
    /\b(reopened|re-opened|selected for|ready|up next|next|planned|open|new|accepted|approved)\b/,
    "unstarted",
  ],
  [
    /\b(done|closed|completed?|resolved|fixed|released|shipped|finished|deployed|merged|verified|live)\b/,
    "completed",
  ],
  [
    /\b(doing|wip|started|active|running|review|reviewing|testing|qa|working|develop\w*|staging|blocked|on hold|waiting|paused)\b/,
    "started",
  ],
];

export function guessCategory(name: string): StatusCategory | null {
  const plain = name
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/[_/–—-]+/g, " ");
  return PATTERNS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

/** Usual order within a category; a name that fits none stands in the middle. */
const USUAL_ORDER: [RegExp, number][] = [
  [/\b(triage|ideas?)\b/i, 0],
  [/\breopened\b/i, 2],
  [/\b(to ?do|open|new|progress|doing|started|resolved|fixed)\b/i, 1],
  [/\breview\b/i, 6],
  [/\b(qa|test|testing|staging)\b/i, 7],
  [/\bready (for|to)\b/i, 8],
  [/\b(done|closed|completed?)\b/i, 9],
];
const MIDDLE = 5;

/** By category, then as teams usually go through them, then in the order given. */
export function inBoardOrder(statuses: Iterable<PlannedStatus>): PlannedStatus[] {
  const place = ({ name, category }: PlannedStatus): number => {
    const usual = USUAL_ORDER.find(([pattern]) => pattern.test(name))?.[1] ?? MIDDLE;
    return statusCategories.indexOf(category) * 10 + usual;
  };
  return [...statuses].sort((left, right) => place(left) - place(right));
}
