import type { ComponentProps } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";

type Props = Omit<ComponentProps<typeof MarkdownEditor>, "commands" | "rows" | "onSubmit"> & {
  onSubmit: () => void;
  /** What its button says: "Comment". */
  submitLabel: string;
  hasCancel?: boolean;
};

/** Where a comment is written, a new one or one that is there. */
export function CommentEditor({ submitLabel, hasCancel = false, ...editor }: Props) {
  const { value, onSubmit, onCancel } = editor;
  return (
    <MarkdownEditor
      {...editor}
      rows={2}
      commands={
        <>
          {hasCancel && (
            <Button size="small" variant="ghost" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button size="small" keys="mod+enter" disabled={!value.trim()} onClick={onSubmit}>
            {submitLabel}
          </Button>
        </>
      }
    />
  );
}
