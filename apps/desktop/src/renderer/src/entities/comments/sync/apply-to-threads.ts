/** Applies what waits in the outbox to the threads of a document, so that every word shows at once. */
import { madeAt, markOf } from "@/entities/tasks/sync/apply-optimistically.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import { applyToComments, type CommentView, newComment } from "./apply-to-comments.ts";
import type { DocumentThread, DocumentThreads } from "./comment.ts";

type Edit = { edit?: TaskView["edit"] };
/** With what is said in it, oldest first; never without a comment. */
export type ThreadView = DocumentThread & Edit & { comments: CommentView[] };

type Place = { documentId: string; myId: string };
type Shown = { threads: Map<string, DocumentThread & Edit>; comments: Map<string, CommentView> };

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((r) => [r.id, r]));

export function threadsOfDocument(
  rows: DocumentThreads,
  entries: readonly OutboxEntry[],
  place: Place,
): ThreadView[] {
  const shown: Shown = { threads: byId(rows.threads), comments: byId(rows.comments) };
  for (const entry of entries) apply(shown, entry, place);
  const said = Map.groupBy(shown.comments.values(), (c) => c.threadId);
  return [...shown.threads.values()].flatMap((thread) => {
    const comments = said.get(thread.id);
    return comments ? [{ ...thread, comments }] : [];
  });
}

function apply({ threads, comments }: Shown, entry: OutboxEntry, { documentId, myId }: Place) {
  const edit = markOf(entry);
  const createdAt = madeAt(entry);
  const patch = (id: string, fields: Partial<DocumentThread>) => {
    const row = threads.get(id);
    if (row) threads.set(id, { ...row, ...fields, edit });
  };
  const inThread = (threadId: string) => ({ taskId: null, threadId, documentId });
  switch (entry.act) {
    case "threads.begin": {
      const { id, anchor, quote, comment } = entry.input;
      if (entry.input.documentId !== documentId || threads.has(id)) return;
      const open = { resolvedAt: null, resolvedBy: null };
      threads.set(id, { id, documentId, anchor, quote, createdBy: myId, createdAt, ...open, edit });
      comments.set(comment.id, { ...newComment(entry, myId), ...comment, ...inThread(id) });
      return;
    }
    case "threads.resolve":
      return patch(entry.input.id, { resolvedAt: createdAt, resolvedBy: myId });
    case "threads.reopen":
      return patch(entry.input.id, { resolvedAt: null, resolvedBy: null });
    case "threads.reanchor":
      return patch(entry.input.id, { anchor: entry.input.anchor });
  }
  const placeOf = ({ threadId }: { threadId?: string }) =>
    threadId && threads.has(threadId) ? inThread(threadId) : null;
  applyToComments(comments, entry, { myId, placeOf });
}
