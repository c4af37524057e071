/**
 * Which category each status of a file has, and where the tasks go that ended all the same.
 *
 * A source that says the category is believed. Else a name that everybody knows decides, in English, and else
 * what the tasks show: where all of a status ended, its name means so in whatever language ("Fertig"). A task
 * that ended in a status that means no end (a section of Asana, "To do") is completed all the same: it comes into
 * a closing column.
 */
import type { StatusCategory } from "@guildhall/db/lists";
import type { ProblemList } from "../plan/problem-list.ts";
import type { End } from "./read-end.ts";
import { guessCategory } from "./status-category.ts";

export type StatusOfRow = {
  place: string;
  /** Null: the row has none. */
  name: string | null;
  /** The category in words of the source. */
  said: string | null;
  end: End | null;
};

export type KnownStatuses = {
  /** Of a row, what it is called and means. */
  of(row: Pick<StatusOfRow, "name" | "end">): { name: string; category: StatusCategory };
};

const SAID: Record<string, StatusCategory> = {
  ...{ backlog: "backlog", triage: "backlog", new: "unstarted" },
  ...{
    "to do": "unstarted",
    todo: "unstarted",
    unstarted: "unstarted",
    "not started": "unstarted",
  },
  ...{ "in progress": "started", started: "started", active: "started", indeterminate: "started" },
  ...{ done: "completed", completed: "completed", complete: "completed", closed: "completed" },
  ...{ cancelled: "cancelled", canceled: "cancelled" },
};

const isClosing = (category: StatusCategory) =>
  category === "completed" || category === "cancelled";
const WITHOUT: Record<"open" | End["category"], string> = {
  open: "To Do",
  completed: "Done",
  cancelled: "Cancelled",
};

type Seen = { name: string; place: string; rows: number; ends: End[]; said: StatusCategory | null };

export function learnStatuses(rows: StatusOfRow[], problems: ProblemList): KnownStatuses {
  const seen = new Map<string, Seen>();
  for (const { name, place, said, end } of rows) {
    if (name === null) continue;
    const one = seen.get(name) ?? { name, place, rows: 0, ends: [], said: null };
    one.rows += 1;
    if (end) one.ends.push(end);
    one.said ??= SAID[said?.trim().toLowerCase() ?? ""] ?? null;
    seen.set(name, one);
  }
  const categories = new Map([...seen].map(([name, one]) => [name, categoryOf(one, problems)]));
  const closing = (category: StatusCategory) =>
    [...categories].find(([, each]) => each === category)?.[0];
  const of: KnownStatuses["of"] = ({ name, end }) => {
    const category = categories.get(name ?? "") ?? "unstarted";
    if (!end || (name !== null && isClosing(category))) {
      return { name: name ?? WITHOUT.open, category };
    }
    const closed = closing(end.category) ?? WITHOUT[end.category];
    return { name: closed, category: end.category };
  };
  reportMoved(rows, of, problems);
  return { of };
}

function categoryOf(
  { name, place, rows, ends, said }: Seen,
  problems: ProblemList,
): StatusCategory {
  const guess = guessCategory(name);
  // The source's three categories do not tell these apart, and its name does.
  if (said === "completed" && guess === "cancelled") return guess;
  if (said === "unstarted" && guess === "backlog") return guess;
  if (said !== null) return said;
  if (guess !== null) return guess;
  const hasEnded = ends.length === rows;
  const isCancelled = hasEnded && ends.every(({ category }) => category === "cancelled");
  const category = isCancelled ? "cancelled" : hasEnded ? "completed" : "unstarted";
  const meaning = hasEnded ? `${category}, because all its tasks are` : "not started";
  const message = `“${name.slice(0, 60)}” is an unknown status, treated as ${meaning}.`;
  problems.note(place, "status", message);
  return category;
}

function reportMoved(rows: StatusOfRow[], of: KnownStatuses["of"], problems: ProblemList) {
  const moved = rows.filter((row) => row.name !== null && of(row).name !== row.name);
  for (const [name, group] of Map.groupBy(moved, (row) => row.name ?? "")) {
    const [first] = group;
    if (!first) continue;
    const [who, where] =
      group.length === 1 ? ["1 task", "it's"] : [`${group.length} tasks`, "they're"];
    const message = `${who} ended, though “${name.slice(0, 60)}” is no closing status, so ${where} under “${of(first).name}”.`;
    problems.note(first.place, "status", message);
  }
}
