/** My work, in the order in which it presses. */
import { type Priority, priorities } from "@guildhall/api/client";
import { compareText } from "@/lib/locale.ts";
import { parseDay } from "@/ui/format/format-time.ts";

export const groupNames = {
  overdue: "Overdue",
  today: "Today",
  week: "This week",
  later: "Later",
  none: "No date",
  finished: "Recently finished",
} as const;

export type GroupName = keyof typeof groupNames;

type Due = {
  dueDate: string | null;
  priority: Priority;
  updatedAt: Date;
  completedAt: Date | null;
};

export type Group<T> = { name: GroupName; tasks: T[] };

/** Only groups that have something in them. `isFinished`: completed or cancelled. */
export function groupByDue<T extends Due>(
  tasks: readonly T[],
  isFinished: (task: T) => boolean,
  now: Date,
): Group<T>[] {
  const groups = Map.groupBy(tasks, (task) =>
    isFinished(task) ? "finished" : groupOf(task.dueDate, now),
  );
  return (Object.keys(groupNames) as GroupName[]).flatMap((name) => {
    const found = groups.get(name);
    const order = name === "finished" ? byFinished : byPressure;
    return found ? [{ name, tasks: found.toSorted(order) }] : [];
  });
}

/** What presses: overdue, or due by the end of the week. */
export const pressing: readonly GroupName[] = ["overdue", "today", "week"];

/** The week is the calendar's, to its Sunday, and not seven days: on a Friday it is nearly over. */
function groupOf(dueDate: string | null, now: Date): GroupName {
  if (!dueDate) return "none";
  const due = parseDay(dueDate).getTime();
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const daysToSunday = (7 - today.getDay()) % 7;
  const sunday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysToSunday);
  if (due < today.getTime()) return "overdue";
  if (due === today.getTime()) return "today";
  return due <= sunday.getTime() ? "week" : "later";
}

function byPressure(a: Due, b: Due): number {
  const day = compareText(a.dueDate ?? "", b.dueDate ?? "");
  if (day !== 0) return day;
  const priority = priorities.indexOf(b.priority) - priorities.indexOf(a.priority);
  return priority || b.updatedAt.getTime() - a.updatedAt.getTime();
}

const finishedAt = (task: Due) => (task.completedAt ?? task.updatedAt).getTime();
const byFinished = (a: Due, b: Due) => finishedAt(b) - finishedAt(a);
