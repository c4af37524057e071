/** What happened to a task, said in sentences, from the rows that its history is made of. */
import {
  type ActivityChange,
  type Names,
  sentencesFor,
  taskProperties,
} from "@guildhall/api/client";
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
  const before = new Map<string, HistoryItem>();
  let added = 0;
  for (const item of [...items].reverse()) {
    const was = before.get(item.id);
    before.set(item.id, item);
    // Without the row before it, what an item changed is not known.
    const isKnown = was !== undefined || isWhole || item.entity !== "task";
    for (const sentence of isKnown ? sentencesOf(was ?? null, item, names) : []) {
      const { seq, at, actorId } = item;
      const last = activities.at(-1);
      const isSoon = last?.actorId === actorId && at.getTime() - last.at.getTime() < ONE_EDIT_MS;
      const isAdded = item.entity === "checklistItem" && item.op === "insert" && !was;
      added = isAdded && isSoon ? added + 1 : isAdded ? 1 : 0;
      if (last && added > 1) {
        activities[activities.length - 1] = { ...last, sentence: `added ${added} checklist items` };
      } else if (last && isSoon && last.sentence === sentence && sentence === described) {
        activities[activities.length - 1] = { ...last, at };
      } else {
        activities.push({ seq, at, actorId, sentence });
      }
    }
  }
  return activities;
}

function sentencesOf(before: HistoryItem | null, item: HistoryItem, names: Names): string[] {
  const change = {
    ...item,
    was: before && { row: before.row },
    isMoved: false,
  } as ActivityChange<"task">;
  // The first there is of a task made it, whatever a feed that began later calls it.
  const op = before || item.entity !== "task" ? item.op : "insert";
  return sentencesFor(item.entity as "task", { ...change, op }, { ...names, ...words });
}

/** How sentences say days and lists, in the reader's language. */
export const words = {
  day: (day: string) => shortDate(parseDay(day), new Date()),
  list: formatList,
};
