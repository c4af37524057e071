import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { DocumentThread } from "./comment.ts";
import {
  beginThread,
  createComment,
  deleteComment,
  reanchorThread,
  reopenComment,
  reopenThread,
  resolveComment,
  resolveThread,
  toggleReaction,
  updateComment,
} from "./comment-mutations.ts";
import type { CommentView, ThreadView } from "./comment-view.ts";

/** What is talked about: a task, a thread on it by the comment that begins it, or a thread in a document. */
export type Subject = { taskId: string; replyTo?: string } | { threadId: string };
type NewThread = { documentId: string; anchor: DocumentThread["anchor"]; quote: string };

const made = (id: string) => ({ id, from: { id }, to: null });
const resolved = ({ resolvedAt, resolvedBy }: Pick<ThreadView, "resolvedAt" | "resolvedBy">) => ({
  resolvedAt,
  resolvedBy,
});

/** What is done to comments and threads: shown at once, kept here, sent in order, and undoable. */
export function useCommentMutations() {
  const { perform, send, me } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(
    () => ({
      create(subject: Subject, body: string, label: string) {
        const id = uuidv7();
        const input = { id, body, ...subject };
        return perform(workspaceId, createComment, { input, was: made(id), about: { label } });
      },
      update({ id, body: before, editedAt }: CommentView, body: string) {
        const was = { id, from: { body, editedAt: new Date() }, to: { body: before, editedAt } };
        return perform(workspaceId, updateComment, { input: { id, body }, was });
      },
      remove({ edit: _, ...comment }: CommentView) {
        const { id } = comment;
        const was = { id, from: null, to: comment };
        return perform(workspaceId, deleteComment, { input: { id }, was });
      },
      resolve(comment: CommentView) {
        const { id } = comment;
        const from = { resolvedAt: new Date(), resolvedBy: me.id };
        const was = { id, from, to: resolved(comment) };
        return perform(workspaceId, resolveComment, { input: { id }, was });
      },
      reopen(comment: CommentView) {
        const { id } = comment;
        const was = { id, from: { resolvedAt: null, resolvedBy: null }, to: resolved(comment) };
        return perform(workspaceId, reopenComment, { input: { id }, was });
      },
      react: ({ id: commentId }: CommentView, emoji: string, isSet: boolean) =>
        perform(workspaceId, toggleReaction, {
          input: { commentId, emoji, isSet },
          about: { emoji },
        }),
      /** Returns the new thread's id. */
      beginThread(thread: NewThread, body: string) {
        const input = { id: uuidv7(), ...thread, comment: { id: uuidv7(), body } };
        const was = made(input.comment.id);
        const about = { label: "Comment in a document" };
        perform(workspaceId, beginThread, { input, was, about });
        return input.id;
      },
      resolveThread(thread: ThreadView) {
        const { id } = thread;
        const was = {
          id,
          from: { resolvedAt: new Date(), resolvedBy: me.id },
          to: resolved(thread),
        };
        return perform(workspaceId, resolveThread, { input: { id }, was });
      },
      reopenThread(thread: ThreadView) {
        const { id } = thread;
        const was = { id, from: { resolvedAt: null, resolvedBy: null }, to: resolved(thread) };
        return perform(workspaceId, reopenThread, { input: { id }, was });
      },
      reanchorThread: (id: string, anchor: DocumentThread["anchor"]) =>
        void send(workspaceId, reanchorThread, { input: { id, anchor } }),
    }),
    [perform, send, me, workspaceId],
  );
}
