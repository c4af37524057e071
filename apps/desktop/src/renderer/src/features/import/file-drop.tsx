import { FileUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { DropArea } from "@/ui/controls/drop-area.tsx";
import { cx } from "@/ui/format/cx.ts";

type Props = {
  onFiles: (files: File[]) => void;
  /** Once there are files it takes less room. */
  isCompact: boolean;
};

/** Files are let go over it, or chosen with its button. */
export function FileDrop({ onFiles, isCompact }: Props) {
  const input = useRef<HTMLInputElement>(null);

  function onDrop({ files }: DataTransfer) {
    if (files.length > 0) onFiles([...files]);
  }

  return (
    <DropArea
      onDrop={onDrop}
      className={cx("justify-center gap-x-4 gap-y-3", isCompact ? "py-3" : "flex-col py-12")}
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
    </DropArea>
  );
}
