/** What happened to a task, said in sentences, from the rows that its history is made of. */
import { type Names, sentencesFor, taskProperties } from "@guildhall/api/client";
import type { HistoryItem } from "@/entities/comments/sync/comment.ts";
import { formatList } from "@/lib/locale.ts";
import { parseDay, shortDate } from "@/ui/format/format-time.ts";

export type Activity = {
  /** The place in the feed. */
  seq: number;
  at: Date;
  actorId: string | null;
  /** Goes on after the person's name: "moved it from To do to Done". */
  sentence: string;
};

/** Edits of one text within this are told as one. */
const ONE_EDIT_MS = 15 * 60_000;
const [described = ""] = taskProperties.description.sentences();

/** From items newest first to activities oldest first. `isWhole`: the last item is the beginning. */
export function activitiesOf(
  items: readonly HistoryItem[],
  isWhole: boolean,
  names: Names,
): Activity[] {
  const activities: Activity[] = [];
  const oldestFirst = [...items].reverse();
  let before: HistoryItem | null = null;
  for (const item of oldestFirst) {
    // Without the row before it, what an item changed is not known.
    const sentences = before || isWhole ? sentencesOf(before, item, names) : [];
    for (const sentence of sentences) {
      const { seq, at, actorId } = item;
      const last = activities.at(-1);
      const isSame = last?.sentence === sentence && last.actorId === actorId;
      if (isSame && sentence === described && at.getTime() - last.at.getTime() < ONE_EDIT_MS) {
        activities[activities.length - 1] = { ...last, at };
      } else {
        activities.push({ seq, at, actorId, sentence });
      }
    }
    before = item;
  }
  return activities;
}

function sentencesOf(before: HistoryItem | null, item: HistoryItem, names: Names): string[] {
  const change = { ...item, id: "", was: before && { row: before.row } };
  // The first there is made it, whatever a feed that began later calls it.
  const op = before ? item.op : "insert";
  return sentencesFor("task", { ...change, op }, { ...names, ...words });
}

/** How sentences say days and lists, in the reader's language. */
export const words = {
  day: (day: string) => shortDate(parseDay(day), new Date()),
  list: formatList,
};
