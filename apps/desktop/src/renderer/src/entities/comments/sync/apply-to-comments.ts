/** Applies what waits in the outbox to comments, wherever they are, so that every word shows at once. */
import { madeAt, markOf } from "@/entities/tasks/sync/apply-optimistically.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { Comment } from "./comment.ts";

export type CommentView = Comment & { edit?: TaskView["edit"] };

/** What a new comment may be about here; `documentId` is that of a thread. */
type Place = Pick<Comment, "taskId" | "threadId" | "documentId">;
type Told = {
  myId: string;
  placeOf(subject: { taskId?: string; threadId?: string }): Place | null;
};

/** In place. */
export function applyToComments(
  comments: Map<string, CommentView>,
  entry: OutboxEntry,
  { myId, placeOf }: Told,
) {
  const edit = markOf(entry);
  const patch = (id: string, fields: Partial<Comment>) => {
    const row = comments.get(id);
    if (row) comments.set(id, { ...row, ...fields, edit });
  };
  switch (entry.act) {
    case "comments.create": {
      const { id, body } = entry.input;
      const place = placeOf(entry.input);
      if (!place || comments.has(id)) return;
      comments.set(id, { ...newComment(entry, myId), ...place, id, body });
      return;
    }
    case "comments.update":
      return patch(entry.input.id, { body: entry.input.body });
    case "comments.delete":
      // A refused delete brings it back, with what the server said.
      if (entry.refusal) patch(entry.input.id, {});
      else comments.delete(entry.input.id);
  }
}

export const newComment = (entry: OutboxEntry, myId: string) => ({
  authorId: myId,
  sourceAuthor: null,
  createdAt: madeAt(entry),
  editedAt: null,
  edit: markOf(entry),
});

export function commentsOfTask(
  rows: readonly Comment[],
  entries: readonly OutboxEntry[],
  { taskId, myId }: { taskId: string; myId: string },
): CommentView[] {
  const comments = new Map<string, CommentView>(rows.map((row) => [row.id, row]));
  const here = { taskId, threadId: null, documentId: null };
  const placeOf = (subject: { taskId?: string }) => (subject.taskId === taskId ? here : null);
  for (const entry of entries) applyToComments(comments, entry, { myId, placeOf });
  return [...comments.values()];
}
