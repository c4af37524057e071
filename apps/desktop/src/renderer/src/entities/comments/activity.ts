/** What happened to a task, said in sentences, from the rows that its history is made of. */

import type { HistoryItem } from "@/entities/comments/sync/comment.ts";
import type { TaskRow } from "@/entities/tasks/sync/task.ts";
import { formatList } from "@/lib/locale.ts";
import { parseDay, shortDate } from "@/ui/format/format-time.ts";
import { priorityNames } from "@/ui/icons/priority-icon.tsx";

/** How things are called now; null for what is no more. */
export type Names = {
  status: (id: string) => string | null;
  label: (id: string) => string | null;
  person: (id: string) => string | null;
  /** A task's key. */
  task: (id: string) => string | null;
};

export type Activity = {
  /** The place in the feed. */
  seq: number;
  at: Date;
  actorId: string | null;
  /** Goes on after the person's name: "moved it from To do to Done". */
  sentence: string;
};

/** Edits of one text within this are one act. */
const ONE_ACT_MS = 15 * 60_000;
const described = "edited the description";

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
      if (isSame && sentence === described && at.getTime() - last.at.getTime() < ONE_ACT_MS) {
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
  if (!item.row) return ["deleted the task"];
  if (!before) {
    const { source } = item.row;
    return [source ? `imported the task from ${source.system}` : "created the task"];
  }
  if (!before.row) return ["restored the task"];
  const sentences = differences(before.row, item.row, names);
  if (item.isDescribed && item.op === "update") sentences.push(described);
  return sentences;
}

function differences(a: TaskRow, b: TaskRow, names: Names): string[] {
  const said: string[] = [];
  const say = (isSo: boolean, sentence: () => string) => {
    if (isSo) said.push(sentence());
  };
  const status = (id: string) => names.status(id) ?? "a deleted status";
  say(a.title !== b.title, () => `changed the title from “${a.title}”`);
  say(
    a.statusId !== b.statusId,
    () => `changed the status from ${status(a.statusId)} to ${status(b.statusId)}`,
  );
  say(a.priority !== b.priority, () =>
    b.priority === "none"
      ? "removed the priority"
      : `set the priority to ${priorityNames[b.priority]}`,
  );
  said.push(...people(a.assigneeIds, b.assigneeIds, names));
  said.push(...labels(a.labelIds, b.labelIds, names));
  say(a.dueDate !== b.dueDate, () =>
    b.dueDate ? `set the due date to ${dayWords(b.dueDate)}` : "removed the due date",
  );
  say(a.estimate !== b.estimate, () =>
    b.estimate === null ? "removed the estimate" : `set the estimate to ${b.estimate}`,
  );
  const task = (id: string) => names.task(id) ?? "a deleted task";
  say(a.parentId !== b.parentId, () =>
    b.parentId
      ? `made it a subtask of ${task(b.parentId)}`
      : `removed it from ${task(a.parentId ?? "")}`,
  );
  const blockers = compare(a.blockedByIds, b.blockedByIds);
  for (const id of blockers.added) said.push(`marked it as blocked by ${task(id)}`);
  for (const id of blockers.removed) said.push(`marked it as no longer blocked by ${task(id)}`);
  say(!a.archivedAt && b.archivedAt !== null, () => "archived the task");
  say(a.archivedAt !== null && !b.archivedAt, () => "unarchived the task");
  return said;
}

function people(a: readonly string[], b: readonly string[], names: Names): string[] {
  const { added, removed } = compare(a, b);
  const name = (id: string) => names.person(id) ?? "a former member";
  return [
    ...(added.length > 0 ? [`assigned ${formatList(added.map(name))}`] : []),
    ...(removed.length > 0 ? [`unassigned ${formatList(removed.map(name))}`] : []),
  ];
}

function labels(a: readonly string[], b: readonly string[], names: Names): string[] {
  const { added, removed } = compare(a, b);
  const name = (id: string) => names.label(id) ?? "a deleted label";
  const word = (ids: string[]) => (ids.length === 1 ? "the label" : "the labels");
  return [
    ...(added.length > 0 ? [`added ${word(added)} ${formatList(added.map(name))}`] : []),
    ...(removed.length > 0 ? [`removed ${word(removed)} ${formatList(removed.map(name))}`] : []),
  ];
}

const compare = (a: readonly string[], b: readonly string[]) => ({
  added: b.filter((id) => !a.includes(id)),
  removed: a.filter((id) => !b.includes(id)),
});

const dayWords = (day: string) => shortDate(parseDay(day), new Date());
