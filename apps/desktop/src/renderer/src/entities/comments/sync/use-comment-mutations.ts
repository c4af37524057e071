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
  reopenThread,
  resolveThread,
  updateComment,
} from "./comment-mutations.ts";
import type { CommentView, ThreadView } from "./comment-view.ts";

/** What is talked about: a task, or a thread in a document. */
export type Subject = { taskId: string } | { threadId: string };
type NewThread = { documentId: string; anchor: DocumentThread["anchor"]; quote: string };

/** What is done to comments and threads: shown at once, kept here, sent in order, and undoable. */
export function useCommentMutations() {
  const { perform, send } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(
    () => ({
      create: (subject: Subject, body: string, label: string) =>
        perform(workspaceId, createComment, {
          input: { id: uuidv7(), body, ...subject },
          about: { label },
        }),
      update: ({ id, body: was }: CommentView, body: string) =>
        perform(workspaceId, updateComment, { input: { id, body }, was }),
      remove: ({ id }: CommentView) => perform(workspaceId, deleteComment, { input: { id } }),
      /** Returns the new thread's id. */
      beginThread(thread: NewThread, body: string) {
        const input = { id: uuidv7(), ...thread, comment: { id: uuidv7(), body } };
        perform(workspaceId, beginThread, { input, about: { label: "Comment in a document" } });
        return input.id;
      },
      resolveThread: ({ id }: ThreadView) => perform(workspaceId, resolveThread, { input: { id } }),
      reopenThread: ({ id }: ThreadView) => perform(workspaceId, reopenThread, { input: { id } }),
      reanchorThread: (id: string, anchor: DocumentThread["anchor"]) =>
        void send(workspaceId, reanchorThread, { input: { id, anchor } }),
    }),
    [perform, send, workspaceId],
  );
}
