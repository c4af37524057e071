import type { KeyboardEvent, Ref } from "react";
import { keysOf } from "@/ui/shortcuts/keys.ts";
import { isMac } from "@/ui/shortcuts/use-shortcut.ts";
import type { MarkdownFieldProps } from "./markdown-field.tsx";

type Props = MarkdownFieldProps & {
  ref: Ref<HTMLTextAreaElement>;
  onFiles: (files: readonly File[]) => void;
};

/** What takes the first letters, until the editor has come. */
export function PlainField(props: Props) {
  const { label, value, placeholder, autoFocus, place, onFiles } = props;

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    const keys = keysOf(event.nativeEvent, isMac);
    if (keys === "mod+enter" && props.onSubmit) props.onSubmit();
    else if (keys === "escape" && props.onCancel) props.onCancel();
    else if (keys === "escape") event.currentTarget.blur();
    else return;
    event.preventDefault();
  }

  return (
    <textarea
      dir="auto"
      ref={props.ref}
      // biome-ignore lint/a11y/noAutofocus: only where the person has just asked to write.
      autoFocus={autoFocus}
      aria-label={label}
      placeholder={placeholder}
      rows={1}
      value={value}
      onChange={(event) => props.onValueChange(event.target.value)}
      onKeyDown={onKeyDown}
      onCompositionStart={({ currentTarget }) => {
        currentTarget.dataset.composing = "true";
      }}
      onCompositionEnd={({ currentTarget }) => {
        delete currentTarget.dataset.composing;
      }}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (!place || files.length === 0 || event.clipboardData.types.includes("text/plain"))
          return;
        event.preventDefault();
        onFiles(files);
      }}
      onDragOver={(event) => {
        if (place && event.dataTransfer.types.includes("Files")) event.preventDefault();
      }}
      onDrop={(event) => {
        const files = [...event.dataTransfer.files];
        if (!place || files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
      className="markdown text-editor block resize-none bg-transparent field-sizing-content"
    />
  );
}
