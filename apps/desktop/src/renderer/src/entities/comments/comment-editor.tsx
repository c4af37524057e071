import { MarkdownField, type MarkdownFieldProps } from "@/entities/editor/markdown-field.tsx";
import { Button } from "@/ui/controls/button.tsx";

type Props = Omit<MarkdownFieldProps, "commands" | "onSubmit" | "look"> & {
  onSubmit: () => void;
  /** What its button says: "Comment". */
  submitLabel: string;
  hasCancel?: boolean;
};

/** Where a comment is written, a new one or one that is there. */
export function CommentEditor({ submitLabel, hasCancel = false, ...field }: Props) {
  const { value, onSubmit, onCancel } = field;
  return (
    <MarkdownField
      {...field}
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
