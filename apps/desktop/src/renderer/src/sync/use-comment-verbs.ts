import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import type { CommentView } from "./overlay.ts";
import { useRoom } from "./use-room.ts";
import { useWorkspace } from "./use-workspace.ts";

/** What is done to comments: shown at once, kept here, sent in order, and undoable. */
export function useCommentVerbs() {
  const { outbox, undo } = useRoom();
  const { id: workspaceId } = useWorkspace();
  return useMemo(
    () => ({
      create(task: { id: string; key: string }, body: string) {
        const id = uuidv7();
        const label = `Comment on ${task.key}`;
        const input = { id, taskId: task.id, body };
        outbox.add({ act: "comments.create", input, workspaceId, label });
        const undoIt = () =>
          outbox.add({ act: "comments.delete", input: { id }, workspaceId, label });
        return undo.push({ label, undo: () => void undoIt() });
      },
      update(comment: CommentView, body: string) {
        const label = "Edit a comment";
        const write = (text: string) =>
          outbox.add({
            act: "comments.update",
            input: { id: comment.id, body: text },
            workspaceId,
            label,
          });
        write(body);
        return undo.push({ label, undo: () => void write(comment.body) });
      },
      remove({ id }: CommentView) {
        const label = "Delete a comment";
        outbox.add({ act: "comments.delete", input: { id }, workspaceId, label });
        const undoIt = () =>
          outbox.add({ act: "comments.restore", input: { id }, workspaceId, label });
        return undo.push({ label, undo: () => void undoIt() });
      },
    }),
    [outbox, undo, workspaceId],
  );
}
