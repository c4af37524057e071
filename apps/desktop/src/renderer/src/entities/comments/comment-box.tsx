import { useState } from "react";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useTextFiles } from "@/entities/files/text-files.ts";
import type { TaskView } from "@/sync/types.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";

/** What is begun here and not sent is still here after a look elsewhere. */
const keyOf = (userId: string, taskId: string) => `guildhall.comment.${userId}.${taskId}`;

export function CommentBox({ task }: { task: TaskView }) {
  const mutations = useCommentMutations();
  const putFiles = useTextFiles({ taskId: task.id });
  const key = keyOf(useMe().id, task.id);
  const [body, setBody] = useState(() => localStorage.getItem(key) ?? "");

  function type(next: string) {
    setBody(next);
    if (next) localStorage.setItem(key, next);
    else localStorage.removeItem(key);
  }

  function send() {
    if (!body.trim()) return;
    mutations.create(task, body.trim());
    type("");
  }

  return (
    <MarkdownEditor
      label="Comment"
      placeholder="Write a comment…"
      rows={2}
      value={body}
      onValueChange={type}
      onSubmit={send}
      onFiles={task.version > 0 ? putFiles : undefined}
      actions={
        <Button size="small" keys="mod+enter" disabled={!body.trim()} onClick={send}>
          Comment
        </Button>
      }
    />
  );
}
