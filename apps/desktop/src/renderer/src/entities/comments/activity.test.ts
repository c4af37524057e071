import type { Names } from "@guildhall/api/client";
import { expect, test } from "vitest";
import type { HistoryItem } from "@/entities/comments/sync/comment.ts";
import type { TaskRow } from "@/entities/tasks/sync/task.ts";
import { activitiesOf, words } from "./activity.ts";

const lookUp = (known: Record<string, string>) => (id: string) => known[id] ?? null;
const names: Names = {
  status: lookUp({ todo: "To do", done: "Done" }),
  label: lookUp({ bug: "Bug", ui: "UI" }),
  person: lookUp({ ann: "Ann", bo: "Bo" }),
  task: lookUp({ t2: "APP-2" }),
};

const row = {
  title: "First",
  statusId: "todo",
  priority: "none",
  assigneeIds: [],
  labelIds: [],
  blockedByIds: [],
  parentId: null,
  dueDate: null,
  estimate: null,
  rank: "a0",
  commentCount: 0,
  checklistTotal: 0,
  checklistDone: 0,
  source: null,
  archivedAt: null,
} as unknown as TaskRow;

let seq = 0;
function item(patch: Partial<TaskRow> | null, more: Partial<HistoryItem> = {}): HistoryItem {
  seq += 1;
  return {
    seq,
    entity: "task",
    id: "t1",
    op: "update",
    at: new Date(2026, 0, 1, 12, seq),
    actorId: "ann",
    row: patch && { ...row, ...patch },
    isDescribed: false,
    ...more,
  } as HistoryItem;
}

const said = (oldestFirst: HistoryItem[], isWhole = true) =>
  activitiesOf([...oldestFirst].reverse(), isWhole, names).map((a) => a.sentence);

test("each difference between two rows is a sentence", () => {
  const first = item({}, { op: "insert" });
  expect(said([first, item({ statusId: "done" })])).toEqual([
    "created the task",
    "changed the status from To do to Done",
  ]);
  expect(said([first, item({ assigneeIds: ["ann", "bo"], labelIds: ["bug"] })]).slice(1)).toEqual([
    "assigned Ann and Bo",
    "added the label Bug",
  ]);
  expect(said([first, item({ title: "Second", priority: "high" })]).slice(1)).toEqual([
    "changed the title from “First”",
    "set the priority to High",
  ]);
  expect(said([first, item({ blockedByIds: ["t2"], parentId: "gone" })]).slice(1)).toEqual([
    "made it a subtask of a deleted task",
    "marked it as blocked by APP-2",
  ]);
});

test("a new place in the column or a comment's count is nothing to tell", () => {
  expect(said([item({}), item({ rank: "a1" }), item({ rank: "a1", commentCount: 1 })])).toEqual([
    "created the task",
  ]);
});

test("archived, deleted, and back", () => {
  const archivedAt = new Date();
  const back = item({}, { op: "insert" });
  expect(said([item({}), item({ archivedAt }), back]).slice(1)).toEqual([
    "archived the task",
    "unarchived the task",
  ]);
  expect(said([item({}), item(null, { op: "delete" }), back]).slice(1)).toEqual([
    "deleted the task",
    "restored the task",
  ]);
});

test("saves of one text by one person within minutes are told as one", () => {
  const edit = () => item({}, { isDescribed: true });
  expect(said([item({}), edit(), edit(), edit()])).toEqual([
    "created the task",
    "edited the description",
  ]);
});

test("what the oldest row of a part of the history changed is not guessed", () => {
  expect(said([item({ statusId: "done" }), item({ statusId: "todo" })], false)).toEqual([
    "changed the status from Done to To do",
  ]);
});

test("what is done in a checklist is told, several new items as one", () => {
  const listItem = (text: string, patch: object | null, more: Partial<HistoryItem> = {}) =>
    item({}, {
      ...{ entity: "checklistItem", id: text },
      row: patch && {
        text,
        doneAt: null,
        assigneeId: null,
        dueDate: null,
        linkedTaskId: null,
        ...patch,
      },
      ...more,
    } as Partial<HistoryItem>);
  const made = { op: "insert" } as const;
  expect(
    said([
      item({}, made),
      listItem("Oil", {}, made),
      item({ checklistTotal: 1 }),
      listItem("Paint", {}, made),
      listItem("Oil", { doneAt: new Date() }),
      listItem("Paint", { assigneeId: "bo", dueDate: "2026-01-05" }),
      listItem("Oil", null, { op: "delete" }),
    ]),
  ).toEqual([
    "created the task",
    "added 2 checklist items",
    "checked off “Oil”",
    "assigned Bo to “Paint”",
    `set the due date of “Paint” to ${words.day("2026-01-05")}`,
    "deleted the checklist item “Oil”",
  ]);
});
