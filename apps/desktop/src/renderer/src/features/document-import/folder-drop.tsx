import { FolderUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { filesOfDrop, filesOfInput, packFiles } from "./pack-files.ts";

type Props = { onPack: (pack: () => Promise<File>) => void };

/** A folder, a zip or single documents are let go over it, or chosen with its buttons. */
export function FolderDrop({ onPack }: Props) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

  function onDrop(event: DragEvent) {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const found = filesOfDrop(event.dataTransfer);
    onPack(async () => packFiles(await found));
  }

  function onChosen(input: HTMLInputElement) {
    const found = filesOfInput(input.files ?? new DataTransfer().files);
    // The same one again is a new choice.
    input.value = "";
    if (found.length > 0) onPack(() => packFiles(found));
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys use the buttons in it.
    <div
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cx(
        "flex flex-col items-center gap-3 rounded-panel border border-dashed px-4 py-10 text-center transition-colors",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-inset",
      )}
    >
      <FolderUp size={22} className="text-muted" aria-hidden="true" />
      <p className="max-w-80 text-13 text-muted">
        Drop a folder, a zip file or single documents here: Markdown, MDX, HTML or Word, up to 5 GB.
      </p>
      <div className="flex gap-2">
        <Button onClick={() => folder.current?.click()}>Choose folder</Button>
        <Button onClick={() => files.current?.click()}>Choose files</Button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label="Folder to import"
        {...{ webkitdirectory: "" }}
        onChange={(event) => onChosen(event.target)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label="Documents to import"
        accept=".zip,.md,.mdx,.markdown,.html,.htm,.docx"
        onChange={(event) => onChosen(event.target)}
      />
    </div>
  );
}
