/** Lays what waits in the outbox over the threads of a document, so that every word shows at once. */

import { madeAt, markOf } from "@/entities/tasks/sync/apply-optimistically.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { DocumentComment, DocumentThread, DocumentThreads, TaskView } from "@/sync/types.ts";

type Edit = { edit?: TaskView["edit"] };
export type DocumentCommentView = DocumentComment & Edit;
/** With what is said in it, oldest first; never without a comment. */
export type ThreadView = DocumentThread & Edit & { comments: DocumentCommentView[] };

type Place = { documentId: string; myId: string };
type Laid = {
  threads: Map<string, DocumentThread & Edit>;
  comments: Map<string, DocumentCommentView>;
};

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((r) => [r.id, r]));

export function overlayThreads(
  rows: DocumentThreads,
  entries: readonly OutboxEntry[],
  place: Place,
): ThreadView[] {
  const laid: Laid = { threads: byId(rows.threads), comments: byId(rows.comments) };
  for (const entry of entries) lay(laid, entry, place);
  const said = Map.groupBy(laid.comments.values(), (c) => c.threadId);
  return [...laid.threads.values()].flatMap((thread) => {
    const comments = said.get(thread.id);
    return comments ? [{ ...thread, comments }] : [];
  });
}

function lay({ threads, comments }: Laid, entry: OutboxEntry, { documentId, myId }: Place) {
  const edit = markOf(entry);
  const createdAt = madeAt(entry);
  const by = { documentId, authorId: myId, createdAt, editedAt: null, edit };
  const patch = <T>(map: Map<string, T & Edit>, id: string, fields: Partial<T>) => {
    const row = map.get(id);
    if (row) map.set(id, { ...row, ...fields, edit });
  };
  switch (entry.act) {
    case "documentComments.begin": {
      const { id, anchor, quote, comment } = entry.input;
      if (entry.input.documentId !== documentId || threads.has(id)) return;
      const open = { resolvedAt: null, resolvedBy: null };
      threads.set(id, { id, documentId, anchor, quote, createdBy: myId, createdAt, ...open, edit });
      comments.set(comment.id, { ...by, ...comment, threadId: id });
      return;
    }
    case "documentComments.reply": {
      const { id, threadId, body } = entry.input;
      if (threads.has(threadId) && !comments.has(id))
        comments.set(id, { ...by, id, threadId, body });
      return;
    }
    case "documentComments.update":
      return patch(comments, entry.input.id, { body: entry.input.body });
    case "documentComments.delete":
      // A refused delete brings it back, with what the server said.
      if (entry.refusal) patch(comments, entry.input.id, {});
      else comments.delete(entry.input.id);
      return;
    case "documentComments.resolve":
      return patch(threads, entry.input.id, { resolvedAt: createdAt, resolvedBy: myId });
    case "documentComments.reopen":
      return patch(threads, entry.input.id, { resolvedAt: null, resolvedBy: null });
    case "documentComments.reanchor":
      return patch(threads, entry.input.id, { anchor: entry.input.anchor });
  }
}
