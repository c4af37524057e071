import type { Editor } from "@tiptap/core";
import { CommentEditor } from "@/entities/comments/comment-editor.tsx";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useDraftText } from "@/entities/editor/stored-drafts.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { Quote } from "./quote.tsx";
import { activate, pendingPlace, unmarkPending } from "./use-comments-in-text.ts";

type Props = {
  editor: Editor;
  /** Null when the words were deleted meanwhile. */
  quote: string | null;
};

/** The first comment on the words that are selected. */
export function NewThread({ editor, quote }: Props) {
  const { document } = useDocumentEditor();
  const mutations = useCommentMutations();
  const [body, type] = useDraftText(`thread-in.${document.id}`, {
    target: "document",
    id: document.id,
  });

  function leave() {
    unmarkPending(editor);
    // No longer selected: the mark shows where it is.
    const { to } = editor.state.selection;
    editor.chain().setTextSelection(to).focus(undefined, { scrollIntoView: false }).run();
  }

  function send() {
    const said = body.trim();
    if (!said) return;
    const place = pendingPlace(editor);
    if (!place) {
      notify({
        title: "The text was deleted",
        description:
          "Someone deleted the text you were commenting on. Your comment is still here, so you can copy it.",
        tone: "failed",
      });
      return;
    }
    const id = mutations.beginThread({ documentId: document.id, ...place }, said);
    type("");
    leave();
    activate(editor, id);
  }

  return (
    <div className="mb-2.5 rounded-panel border border-focus bg-card p-2">
      <Quote>{quote ?? ""}</Quote>
      <CommentEditor
        label="New comment"
        placeholder="Write a comment…"
        autoFocus
        value={body}
        onValueChange={type}
        onSubmit={send}
        onCancel={leave}
        place={{ documentId: document.id }}
        submitLabel="Comment"
        hasCancel
      />
    </div>
  );
}
