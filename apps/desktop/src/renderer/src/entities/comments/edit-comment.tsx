import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useDraftText } from "@/entities/editor/stored-drafts.ts";
import { CommentEditor } from "./comment-editor.tsx";
import type { CommentProps } from "./comment-item.tsx";
import type { CommentView } from "./sync/comment-view.ts";

type Props = Pick<CommentProps, "comment" | "people"> & { onDone: () => void };

/** Where what is changed in a comment is kept until it is saved. */
export const editPlace = ({ id }: Pick<CommentView, "id">) => `edit-of.${id}`;

export function EditComment({ comment, people, onDone }: Props) {
  const mutations = useCommentMutations();
  const { taskId, documentId } = comment;
  const subject = taskId
    ? { target: "task" as const, id: taskId }
    : { target: "document" as const, id: documentId ?? "" };
  const [body, type] = useDraftText(editPlace(comment), subject, comment.body);
  function leave() {
    type(comment.body);
    onDone();
  }
  function save() {
    const next = body.trim();
    if (next && next !== comment.body) mutations.update(comment, next);
    leave();
  }
  return (
    <CommentEditor
      label="Edit comment"
      autoFocus
      value={body}
      onValueChange={type}
      onSubmit={save}
      onCancel={leave}
      people={people}
      place={taskId ? { taskId } : { documentId: documentId ?? "" }}
      submitLabel="Save"
      hasCancel
    />
  );
}
