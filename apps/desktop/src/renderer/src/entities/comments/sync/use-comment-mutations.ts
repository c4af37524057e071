import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import type { CommentView } from "@/entities/tasks/sync/apply-optimistically.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

/** What is done to comments: shown at once, kept here, sent in order, and undoable. */
export function useCommentMutations() {
  const { outbox, undo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(() => {
    const setDeleted = (id: string, isDeleted: boolean, label: string) => {
      const act = isDeleted ? ("comments.delete" as const) : ("comments.restore" as const);
      outbox.add({ act, input: { id }, workspaceId, label });
    };
    return {
      create(task: { id: string; key: string }, body: string) {
        const id = uuidv7();
        const label = `Comment on ${task.key}`;
        const input = { id, taskId: task.id, body };
        outbox.add({ act: "comments.create", input, workspaceId, label });
        return undo.push({
          label,
          undo: () => setDeleted(id, true, label),
          redo: () => setDeleted(id, false, label),
        });
      },
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
        return undo.push({
          label,
          undo: () => setDeleted(id, false, label),
          redo: () => setDeleted(id, true, label),
        });
      },
    };
  }, [outbox, undo, workspaceId]);
}
