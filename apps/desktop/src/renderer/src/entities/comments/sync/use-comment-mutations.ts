import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { CommentView } from "./apply-to-comments.ts";

/** What is talked about: a task, or a thread in a document. */
export type Subject = { taskId: string } | { threadId: string };

/** What is done to comments: shown at once, kept here, sent in order, and undoable. */
export function useCommentMutations() {
  const { outbox, undo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(() => {
    const setDeleted = (id: string, isDeleted: boolean, label: string) => {
      const act = isDeleted ? ("comments.delete" as const) : ("comments.restore" as const);
      outbox.add({ act, input: { id }, workspaceId, label });
    };
    const undoable = (id: string, wasDeleted: boolean, label: string) =>
      undo.push({
        label,
        undo: () => setDeleted(id, wasDeleted, label),
        redo: () => setDeleted(id, !wasDeleted, label),
      });
    return {
      create(subject: Subject, body: string, label: string) {
        const id = uuidv7();
        const input = { id, body, ...subject };
        outbox.add({ act: "comments.create", input, workspaceId, label });
        return undoable(id, true, label);
      },
      /** That it was made, with the thread that it begins, can be undone as if it were created here. */
      created: (id: string, label: string) => undoable(id, true, label),
      update({ id, body: before }: CommentView, body: string) {
        const label = "Edit a comment";
        const write = (text: string) => {
          outbox.add({ act: "comments.update", input: { id, body: text }, workspaceId, label });
        };
        write(body);
        return undo.push({ label, undo: () => write(before), redo: () => write(body) });
      },
      remove({ id }: CommentView) {
        const label = "Delete a comment";
        setDeleted(id, true, label);
        return undoable(id, false, label);
      },
    };
  }, [outbox, undo, workspaceId]);
}
