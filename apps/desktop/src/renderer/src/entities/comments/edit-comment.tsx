import { useState } from "react";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useTextFiles } from "@/entities/files/text-files.ts";
import { Button } from "@/ui/controls/button.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";
import type { CommentView } from "./sync/comment-view.ts";

type Props = { comment: CommentView; onDone: () => void };

export function EditComment({ comment, onDone }: Props) {
  const mutations = useCommentMutations();
  const { taskId, documentId } = comment;
  const putFiles = useTextFiles(taskId ? { taskId } : { documentId: documentId ?? "" });
  const [body, setBody] = useState(comment.body);
  function save() {
    const next = body.trim();
    if (next && next !== comment.body) mutations.update(comment, next);
    onDone();
  }
  return (
    <MarkdownEditor
      label="Edit comment"
      autoFocus
      rows={2}
      value={body}
      onValueChange={setBody}
      onSubmit={save}
      onCancel={onDone}
      onFiles={putFiles}
      commands={
        <>
          <Button size="small" variant="ghost" onClick={onDone}>
            Cancel
          </Button>
          <Button size="small" keys="mod+enter" disabled={!body.trim()} onClick={save}>
            Save
          </Button>
        </>
      }
    />
  );
}
