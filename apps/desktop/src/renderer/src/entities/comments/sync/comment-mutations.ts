/** What is done to comments and threads: how it shows at once, and its way back. */
import { mutationsOf } from "@/sync/define-mutation.ts";
import type { Edit } from "@/sync/optimistic.ts";
import type { Comment } from "./comment.ts";
import { type Said, saidView } from "./comment-view.ts";

const defineMutation = mutationsOf(saidView);

type Subject = Pick<Comment, "taskId" | "threadId" | "documentId">;

/** Null where it is about something else. */
function subjectHere(
  { place, threads }: Said,
  { taskId, threadId }: { taskId?: string; threadId?: string },
): Subject | null {
  if ("taskId" in place) {
    return taskId === place.taskId ? { taskId, threadId: null, documentId: null } : null;
  }
  if (!threadId || !threads.current.has(threadId)) return null;
  return { taskId: null, threadId, ...place };
}

function insertComment(
  { comments, myId }: Said,
  comment: { id: string; body: string } & Subject,
  edit: Edit,
) {
  const by = { authorId: myId, sourceAuthor: null, createdAt: edit.at, editedAt: null };
  edit.insert(comments, { ...by, ...comment });
}

type Labelled = { label: string };
const label = ({ label }: Labelled) => label;

export const createComment = defineMutation("comments.create", {
  label,
  apply: (said, { id = "", body, ...subject }, edit) => {
    const here = subjectHere(said, subject);
    if (here) insertComment(said, { id, body, ...here }, edit);
  },
  inverse: ({ input: { id = "" } }) => ({ mutation: "comments.delete", input: { id } }),
  formerly: ["documentComments.reply"],
});

export const updateComment = defineMutation("comments.update", {
  label: () => "Edit a comment",
  apply: ({ comments }, { id, body }, edit) => edit.patch(comments, [id], { body }),
  inverse: ({ input: { id, body } }, was: string) => ({
    ...{ mutation: "comments.update", input: { id, body: was }, was: body },
  }),
  formerly: ["documentComments.update"],
});

export const deleteComment = defineMutation("comments.delete", {
  label: () => "Delete a comment",
  apply: ({ comments }, { id }, edit) => edit.delete(comments, [id]),
  inverse: ({ input }) => ({ mutation: "comments.restore", input }),
  formerly: ["documentComments.delete"],
});

export const restoreComment = defineMutation("comments.restore", {
  label: () => "Restore a comment",
  inverse: ({ input }) => ({ mutation: "comments.delete", input }),
  formerly: ["documentComments.restore"],
});

export const beginThread = defineMutation("threads.begin", {
  label,
  apply: (said, { id = "", documentId, anchor, quote, comment }, edit) => {
    const { place, threads, myId } = said;
    if (!("documentId" in place) || documentId !== place.documentId) return;
    if (threads.current.has(id)) return;
    const open = { createdBy: myId, createdAt: edit.at, resolvedAt: null, resolvedBy: null };
    edit.insert(threads, { id, documentId, anchor, quote, ...open });
    const inThread = { taskId: null, threadId: id, documentId };
    insertComment(said, { ...inThread, id: comment.id ?? "", body: comment.body }, edit);
  },
  inverse: ({ input: { comment } }) => ({
    ...{ mutation: "comments.delete", input: { id: comment.id ?? "" } },
  }),
  formerly: ["documentComments.begin"],
});

export const resolveThread = defineMutation("threads.resolve", {
  label: () => "Resolve a thread",
  apply: ({ threads, myId }, { id }, edit) =>
    edit.patch(threads, [id], { resolvedAt: edit.at, resolvedBy: myId }),
  inverse: ({ input }) => ({ mutation: "threads.reopen", input }),
  formerly: ["documentComments.resolve"],
});

export const reopenThread = defineMutation("threads.reopen", {
  label: () => "Reopen a thread",
  apply: ({ threads }, { id }, edit) =>
    edit.patch(threads, [id], { resolvedAt: null, resolvedBy: null }),
  inverse: ({ input }) => ({ mutation: "threads.resolve", input }),
  formerly: ["documentComments.reopen"],
});

/** Follows the text that was moved here; nothing a person did, so nothing to undo. */
export const reanchorThread = defineMutation("threads.reanchor", {
  label: () => "Move a comment with its text",
  apply: ({ threads }, { id, anchor }, edit) => edit.patch(threads, [id], { anchor }),
  formerly: ["documentComments.reanchor"],
});
