import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from "react";
import { cx } from "@/ui/format/cx.ts";
import type { FilePlace } from "./upload/file-place.ts";
import { useUpload } from "./upload/use-upload.ts";

type Props = { place: FilePlace; disabled: boolean; className: string; children: ReactNode };

/** Files that are let go or pasted anywhere in it are sent to the place. */
export function FileCatcher({ place, disabled, className, children }: Props) {
  const upload = useUpload();
  const [isOver, setOver] = useState(false);

  const carriesFiles = ({ dataTransfer }: DragEvent) =>
    !disabled && dataTransfer.types.includes("Files");

  function take(event: DragEvent | ClipboardEvent, files: FileList) {
    if (disabled || files.length === 0) return;
    event.preventDefault();
    for (const file of files) upload(file, place);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys use the button "Attach".
    <div
      className={cx(
        className,
        isOver && "outline-2 outline-accent outline-dashed -outline-offset-4",
      )}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!event.defaultPrevented) take(event, event.dataTransfer.files);
      }}
      onPaste={(event) => {
        // Text that was copied from an office program brings a picture of itself along.
        if (event.defaultPrevented || event.clipboardData.types.includes("text/plain")) return;
        take(event, event.clipboardData.files);
      }}
    >
      {children}
    </div>
  );
}
