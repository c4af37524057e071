/** What is done to comments and threads: how it shows at once, and its way back. */
import { type Asked, mutationsOf } from "@/sync/define-mutation.ts";
import type { Edit } from "@/sync/optimistic.ts";
import { reportLeft } from "@/sync/report-left.ts";
import { reversed, type Swap } from "@/sync/swap.ts";
import type { Comment } from "./comment.ts";
import { putComment, putThread } from "./comment-patches.ts";
import { type CommentView, type Said, saidView, type ThreadRow } from "./comment-view.ts";

const defineMutation = mutationsOf(saidView);

type Subject = Pick<Comment, "taskId" | "threadId" | "documentId" | "rootId">;

/** Null where it is about something else. */
function subjectHere(
  { place, threads }: Said,
  { taskId, threadId, replyTo = null }: About,
): Subject | null {
  if ("taskId" in place) {
    const onTask = { threadId: null, documentId: null, rootId: replyTo };
    return taskId === place.taskId ? { taskId, ...onTask } : null;
  }
  if (!threadId || !threads.current.has(threadId)) return null;
  return { taskId: null, threadId, rootId: null, ...place };
}

type About = { taskId?: string; threadId?: string; replyTo?: string | null };

function insertComment(
  { comments, myId }: Said,
  comment: { id: string; body: string } & Subject,
  edit: Edit,
) {
  const by = {
    authorId: myId,
    sourceAuthor: null,
    createdAt: edit.at,
    editedAt: null,
    resolvedAt: null,
    resolvedBy: null,
    reactions: [],
  };
  edit.insert(comments, { ...by, ...comment });
}

type CommentSwap = Swap<CommentView>;
type ThreadSwap = Swap<ThreadRow>;

/** The server knows by the mutation's id how each was before it, and what has been changed since. */
const inverse = ({ id: of }: { id: string }, swap: CommentSwap): Asked => ({
  mutation: "comments.undo",
  input: { id: swap.id, of },
  shown: swap,
});
const inverseOfThread = ({ id: of }: { id: string }, swap: ThreadSwap): Asked => ({
  mutation: "threads.undo",
  input: { id: swap.id, of },
  shown: swap,
});

type Labelled = { label: string };
const label = ({ label }: Labelled) => label;

export const createComment = defineMutation("comments.create", {
  label,
  apply: (said, { id = "", body, ...subject }, edit) => {
    const here = subjectHere(said, subject as About);
    if (here) insertComment(said, { id, body, ...here }, edit);
  },
  inverse,
  formerly: ["documentComments.reply"],
});

export const updateComment = defineMutation("comments.update", {
  label: () => "Edit a comment",
  apply: ({ comments }, { id, body }, edit) => edit.patch(comments, [id], { body }),
  inverse,
  formerly: ["documentComments.update"],
});

export const deleteComment = defineMutation("comments.delete", {
  label: () => "Delete a comment",
  apply: ({ comments }, { id }, edit) => edit.delete(comments, [id]),
  inverse,
  formerly: ["documentComments.delete"],
});

/** As earlier versions of the page undid a deletion. */
export const restoreComment = defineMutation("comments.restore", {
  label: () => "Restore a comment",
  formerly: ["documentComments.restore"],
});

export const undoComment = defineMutation("comments.undo", {
  label: (label: string) => label,
  apply: ({ comments }, { id }, edit, swap: CommentSwap | undefined) => {
    if (!swap || edit.isRefused) edit.patch(comments, [id]);
    else if (!swap.to) edit.delete(comments, [id]);
    else if (!swap.from) {
      // What one said is not kept here: it is shown again with the answer.
      if (swap.to.body !== undefined) edit.insert(comments, swap.to as CommentView);
    } else edit.patch(comments, [id], (now) => (isAsLeft(now, swap.from) ? (swap.to ?? {}) : {}));
  },
  onAnswer: (tx, { row, left }) => {
    if (row) putComment(tx, row);
    reportLeft(left, new Map(row ? [[row.id, "The comment"]] : []));
  },
  inverse: ({ id, shown }) => inverse({ id }, reversed(shown as CommentSwap)),
});

export const resolveComment = defineMutation("comments.resolve", {
  label: () => "Resolve a thread",
  apply: ({ comments, myId }, { id }, edit) =>
    edit.patch(comments, [id], { resolvedAt: edit.at, resolvedBy: myId }),
  inverse,
});

export const reopenComment = defineMutation("comments.reopen", {
  label: () => "Reopen a thread",
  apply: ({ comments }, { id }, edit) =>
    edit.patch(comments, [id], { resolvedAt: null, resolvedBy: null }),
  inverse,
});

/** Of what one wrote by its text; of a thread by whether it is resolved. */
const isAsLeft = (now: CommentView, from: Partial<CommentView> | null) =>
  from && "resolvedAt" in from ? !now.resolvedAt === !from.resolvedAt : now.body === from?.body;

export const toggleReaction = defineMutation("reactions.toggle", {
  label: ({ emoji }: { emoji: string }) => `React with ${emoji}`,
  apply: ({ comments, myId }, { commentId, emoji, isSet = true }, edit) =>
    edit.patch(comments, [commentId], ({ reactions }) => ({
      reactions: withReaction(reactions, { emoji, userId: myId, isSet }),
    })),
  inverse: ({ input: { commentId, emoji, isSet = true } }) => ({
    ...{ mutation: "reactions.toggle", input: { commentId, emoji, isSet: !isSet } },
  }),
});

type Reactions = Comment["reactions"];

/** As the server orders them: a new emoji last, and in it the newest person. */
function withReaction(
  reactions: Reactions,
  { emoji, userId, isSet }: { emoji: string; userId: string; isSet: boolean },
): Reactions {
  const userIds = reactions.find((one) => one.emoji === emoji)?.userIds ?? [];
  if (userIds.includes(userId) === isSet) return reactions;
  if (isSet && userIds.length === 0) return [...reactions, { emoji, userIds: [userId] }];
  const next = isSet ? [...userIds, userId] : userIds.filter((id) => id !== userId);
  return reactions
    .map((one) => (one.emoji === emoji ? { emoji, userIds: next } : one))
    .filter((one) => one.userIds.length > 0);
}

export const beginThread = defineMutation("threads.begin", {
  label,
  apply: (said, { id = "", documentId, anchor, quote, comment }, edit) => {
    const { place, threads, myId } = said;
    if (!("documentId" in place) || documentId !== place.documentId) return;
    if (threads.current.has(id)) return;
    const open = { createdBy: myId, createdAt: edit.at, resolvedAt: null, resolvedBy: null };
    edit.insert(threads, { id, documentId, anchor, quote, ...open });
    const inThread = { taskId: null, threadId: id, documentId, rootId: null };
    insertComment(said, { ...inThread, id: comment.id ?? "", body: comment.body }, edit);
  },
  inverse,
  formerly: ["documentComments.begin"],
});

export const resolveThread = defineMutation("threads.resolve", {
  label: () => "Resolve a thread",
  apply: ({ threads, myId }, { id }, edit) =>
    edit.patch(threads, [id], { resolvedAt: edit.at, resolvedBy: myId }),
  inverse: inverseOfThread,
  formerly: ["documentComments.resolve"],
});

export const reopenThread = defineMutation("threads.reopen", {
  label: () => "Reopen a thread",
  apply: ({ threads }, { id }, edit) =>
    edit.patch(threads, [id], { resolvedAt: null, resolvedBy: null }),
  inverse: inverseOfThread,
  formerly: ["documentComments.reopen"],
});

export const undoThread = defineMutation("threads.undo", {
  label: (label: string) => label,
  apply: ({ threads }, { id }, edit, swap: ThreadSwap | undefined) => {
    const to = edit.isRefused ? {} : (swap?.to ?? {});
    // Whether it is resolved; by whom it was when, the server knows.
    edit.patch(threads, [id], (now) => (!now.resolvedAt === !swap?.from?.resolvedAt ? to : {}));
  },
  onAnswer: (tx, { row, left }) => {
    if (row) putThread(tx, row);
    reportLeft(left, new Map(row ? [[row.id, "The thread"]] : []));
  },
  inverse: ({ id, shown }) => inverseOfThread({ id }, reversed(shown as ThreadSwap)),
});

/** Follows the text that was moved here; nothing a person did, so nothing to undo. */
export const reanchorThread = defineMutation("threads.reanchor", {
  label: () => "Move a comment with its text",
  apply: ({ threads }, { id, anchor }, edit) => edit.patch(threads, [id], { anchor }),
  formerly: ["documentComments.reanchor"],
});
