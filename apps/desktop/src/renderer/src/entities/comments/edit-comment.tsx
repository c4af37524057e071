import { useState } from "react";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { CommentEditor } from "./comment-editor.tsx";
import type { CommentProps } from "./comment-item.tsx";

type Props = Pick<CommentProps, "comment" | "people"> & { onDone: () => void };

export function EditComment({ comment, people, onDone }: Props) {
  const mutations = useCommentMutations();
  const { taskId, documentId } = comment;
  const [body, setBody] = useState(comment.body);
  function save() {
    const next = body.trim();
    if (next && next !== comment.body) mutations.update(comment, next);
    onDone();
  }
  return (
    <CommentEditor
      label="Edit comment"
      autoFocus
      value={body}
      onValueChange={setBody}
      onSubmit={save}
      onCancel={onDone}
      people={people}
      place={taskId ? { taskId } : { documentId: documentId ?? "" }}
      submitLabel="Save"
      hasCancel
    />
  );
}
