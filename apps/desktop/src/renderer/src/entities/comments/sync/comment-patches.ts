import type { ChangeOf } from "@guildhall/api/client";
import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { byTime, defineEntity, put } from "@/sync/define-entity.ts";
import { queryPrefix } from "@/sync/procedures.ts";
import {
  type Comment,
  commentsKey,
  type DocumentThread,
  type DocumentThreads,
  type HistoryItem,
  threadsKey,
} from "./comment.ts";
import { type History, histories, historyKey } from "./use-history.ts";

export const commentPatch = defineEntity("comment", (tx, { id, row }) => {
  if (row) return putComment(tx, row);
  // Gone, and nothing says from where.
  const without = (list: Comment[]) => list.filter((comment) => comment.id !== id);
  tx.updateAll(queryPrefix("comments.list"), without);
  tx.updateAll(queryPrefix("threads.list"), (all) => ({
    ...all,
    comments: without(all.comments),
  }));
});

export function putComment(tx: CacheTransaction, row: Comment) {
  const placed = (list: Comment[]) => put(list, row, (c) => c.id === row.id).sort(byTime);
  const inThreads = (all: DocumentThreads) => ({ ...all, comments: placed(all.comments) });
  if (row.taskId) tx.update(commentsKey(row.taskId), placed);
  else if (row.documentId) tx.update(threadsKey(row.documentId), inThreads);
}

export const threadPatch = defineEntity("documentThread", (tx, { row }) => {
  if (row) putThread(tx, row);
});

export const putThread = (tx: CacheTransaction, row: DocumentThread) =>
  tx.update(threadsKey(row.documentId), (all) => ({
    ...all,
    threads: put(all.threads, row, (t) => t.id === row.id),
  }));

/** It comes (back) to where I see it: what was said meanwhile was not told to me. */
export const threadsOfDocumentPatch = defineEntity("document", (tx, { id, op }) => {
  if (op === "insert") tx.invalidateCached(threadsKey(id));
});

export const historyPatch = defineEntity("task", (tx, change) => {
  tx.update(historyKey(change.id), (history) => withChange(history, change));
});

export const checklistHistory = defineEntity("checklist", (tx, change) => tellHistory(tx, change));
export const itemHistory = defineEntity("checklistItem", (tx, change) => tellHistory(tx, change));

/** What is deleted says nothing of its task: that is whose history has it. */
function tellHistory(tx: CacheTransaction, change: ChangeOf<"checklist" | "checklistItem">) {
  const { id, row } = change;
  if (row) return tx.update(historyKey(row.taskId), (history) => withChange(history, change));
  tx.updateAll(histories, (history) => {
    const isHere = history.pages.some(({ items }) => items.some((item) => item.id === id));
    return isHere ? withChange(history, change) : history;
  });
}

/** On top of the newest page; a change that is there already stays as it is. */
function withChange(history: History, change: ChangeOf<HistoryItem["entity"]>): History {
  const { seq, entity, id, op, at, actorId, row: stored } = change;
  const [first, ...older] = history.pages;
  if (!first || history.pages.some(({ items }) => items.some((item) => item.seq === seq))) {
    return history;
  }
  const { description, ...row } = { description: undefined, ...stored };
  const item = { seq, entity, id, op, at, actorId, isDescribed: description !== undefined };
  const next = { ...item, row: stored && row } as HistoryItem;
  const items = [next, ...first.items].sort((a, b) => b.seq - a.seq);
  return { ...history, pages: [{ ...first, items }, ...older] };
}
