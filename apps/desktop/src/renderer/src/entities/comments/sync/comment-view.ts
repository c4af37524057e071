/** Comments and threads with what waits in the outbox. */
import { defineView } from "@/sync/define-mutation.ts";
import { ChangedRows } from "@/sync/optimistic.ts";
import type { EditMark } from "@/sync/outbox/edit-mark.ts";
import type { Comment, DocumentThread, DocumentThreads } from "./comment.ts";

export type CommentView = Comment & { edit?: EditMark };
export type ThreadRow = DocumentThread & { edit?: EditMark };
/** With what is said in it, oldest first; never without a comment. */
export type ThreadView = ThreadRow & { comments: CommentView[] };

/** All that is said about a task, or in the threads of a document. */
export type Said = {
  comments: ChangedRows<CommentView>;
  threads: ChangedRows<ThreadRow>;
  place: { taskId: string } | { documentId: string };
  myId: string;
};

export const saidView = defineView<Said>("comments");

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((r) => [r.id, r]));

export const saidIn = (
  { threads, comments }: DocumentThreads,
  about: Pick<Said, "place" | "myId">,
): Said => ({
  comments: new ChangedRows<CommentView>(byId(comments)),
  threads: new ChangedRows<ThreadRow>(byId(threads)),
  ...about,
});

export function threadsOf({ threads, comments }: Said): ThreadView[] {
  const byThread = Map.groupBy(comments.current.values(), (c) => c.threadId);
  return [...threads.current.values()].flatMap((thread) => {
    const own = byThread.get(thread.id);
    return own ? [{ ...thread, comments: own }] : [];
  });
}

/** A comment on a task with what was answered, oldest first; without it when it is deleted. */
export type TaskThreadView = { id: string; root: CommentView | null; replies: CommentView[] };

/** Each where its first comment stands; what answers a deleted one where the first answer does. */
export function taskThreadsOf(comments: readonly CommentView[]): TaskThreadView[] {
  const threads = new Map<string, TaskThreadView>();
  for (const comment of comments) {
    const id = comment.rootId ?? comment.id;
    const thread = threads.get(id) ?? { id, root: null, replies: [] };
    if (comment.rootId) thread.replies.push(comment);
    else thread.root = comment;
    threads.set(id, thread);
  }
  return [...threads.values()];
}
