import type { Editor } from "@tiptap/core";
import { MessageSquarePlus } from "lucide-react";
import { IconButton } from "@/ui/controls/icon-button.tsx";

export const COMMENT_KEYS = "mod+alt+m";
/** Asked of the text's element; who marks the comments in it listens. */
export const START_COMMENT = "guildhall-comment";

/** Begins a comment on what is selected, as the key does. */
const startComment = (editor: Editor) => editor.view.dom.dispatchEvent(new Event(START_COMMENT));

/** For the menu over selected words. */
export function CommentButton({ editor }: { editor: Editor }) {
  return (
    <IconButton
      label="Comment"
      keys={COMMENT_KEYS}
      icon={<MessageSquarePlus size={15} />}
      onClick={() => startComment(editor)}
    />
  );
}
