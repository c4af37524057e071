import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { cx } from "@/ui/format/cx.ts";

type Props = {
  onFiles: (files: File[]) => void;
  /** Once there are files it takes less room. */
  isCompact: boolean;
};

/** Files are let go over it, or chosen with its button. */
export function FileDrop({ onFiles, isCompact }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);

  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

  function onDrop(event: DragEvent) {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys use the button in it.
    <div
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cx(
        "flex items-center justify-center gap-x-4 gap-y-3 rounded-panel border border-dashed px-4 text-center transition-colors",
        isCompact ? "py-3" : "flex-col py-12",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-inset",
      )}
    >
      {!isCompact && <FileUp size={22} className="text-muted" aria-hidden="true" />}
      <p className="text-13 text-muted">
        {isCompact ? "Drop more files here" : "Drop your exported files here"}
      </p>
      <Button onClick={() => input.current?.click()}>Choose files</Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        accept=".json,.csv,application/json,text/csv"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file again is a new choice.
          event.target.value = "";
        }}
      />
    </div>
  );
}
