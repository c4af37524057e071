/** What happened, from the server's rows to the lines that are read. */
import {
  type ActivityChange,
  type Names,
  type RouterOutputs,
  sentencesFor,
} from "@guildhall/api/client";
import { formatDate, formatList, formatRelative } from "@/lib/locale.ts";
import { parseDay, shortDate } from "@/ui/format/format-time.ts";

type Answer = RouterOutputs["activity"]["list"];
export type ActivityItem = Answer["items"][number];
export type ActivityNames = Answer["names"];
type Subject = ActivityItem["subject"];

/** One sentence of one change. */
type Line = {
  /** Of the row in the list. */
  id: string;
  seq: number;
  at: Date;
  actorId: string | null;
  subject: Subject;
  /** As its last row called it, where the server does not name it (any more). */
  title: string;
  sentence: string;
  commentId: string | null;
};

/** What one person did to one thing, or at once to several, without anything in between. */
export type ActivityGroup = Omit<Line, "sentence"> & {
  sentence: string;
  /** Newest first; only of several is it worth while to open them. */
  lines: Line[];
  subjects: Subject[];
};

export type ActivityDay = { name: string; groups: ActivityGroup[] };

const words = {
  day: (day: string) => shortDate(parseDay(day), new Date()),
  list: formatList,
};

/** From newest to oldest, by the days of the reader's own zone. */
export function activityDays(
  items: readonly ActivityItem[],
  names: Names,
  now: Date,
): ActivityDay[] {
  const byDay = Map.groupBy(linesOf(items, names), ({ at }) => at.toDateString());
  return [...byDay.values()].map((lines) => ({
    name: dayName(lines[0]?.at ?? now, now),
    groups: groupsOf(lines),
  }));
}

function linesOf(items: readonly ActivityItem[], names: Names): Line[] {
  const made = new Set(
    items.flatMap((item) =>
      item.entity === "project" && item.op === "insert" ? [momentOf(item)] : [],
    ),
  );
  return items.flatMap((item): Line[] => {
    // A new project comes with its statuses.
    if (item.entity === "status" && made.has(momentOf(item))) return [];
    const { seq, at, actorId, subject, entity, id } = item;
    const change = item as ActivityChange<typeof entity>;
    const sentences = sentencesFor(entity, change, { ...names, ...words });
    const commentId = entity === "comment" && item.row ? id : null;
    const common = { seq, at, actorId, subject, title: titleOf(item), commentId };
    return sentences.map((sentence, n) => ({ ...common, id: `${seq}-${n}`, sentence }));
  });
}

/** All changes of one write have one time. */
const momentOf = ({ actorId, at }: ActivityItem) => `${actorId} ${at.getTime()}`;

function titleOf({ entity, row, was }: ActivityItem): string {
  if (entity !== "task" && entity !== "document" && entity !== "project") return "";
  const known = row ?? was?.row;
  return !known ? "" : "title" in known ? known.title : "name" in known ? known.name : "";
}

function groupsOf(lines: readonly Line[]): ActivityGroup[] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && belongs(before, line, last)) last.push(line);
    else groups.push([line]);
  }
  return groups.flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const subjects = [...new Map(some.map(({ subject }) => [subject.id, subject])).values()];
    return [{ ...first, lines: some, subjects, sentence: sentenceOf(some) }];
  });
}

/** Done by the same person to the same thing, or the same done at once to another one. */
function belongs(before: Line, line: Line, group: readonly Line[]): boolean {
  if (before.actorId !== line.actorId) return false;
  const isOneThing = group.every(({ subject }) => subject.id === line.subject.id);
  const isOneWrite =
    before.at.getTime() === line.at.getTime() &&
    group.every(({ sentence }) => sentence === line.sentence);
  return isOneThing || isOneWrite;
}

/** Oldest first, as it was done. */
function sentenceOf(lines: readonly Line[]): string {
  const said = [...new Set(lines.map(({ sentence }) => sentence))].reverse();
  return said.length <= 2 ? formatList(said) : `made ${lines.length} changes`;
}

function dayName(at: Date, now: Date): string {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((midnight(at).getTime() - midnight(now).getTime()) / 86_400_000);
  if (days >= -1) {
    const word = formatRelative(days, "day");
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return formatDate(at, { weekday: "long", day: "numeric", month: "long", year });
}
