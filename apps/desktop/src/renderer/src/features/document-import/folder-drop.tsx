import { FolderUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { DropArea } from "@/ui/controls/drop-area.tsx";
import { filesOfDrop, filesOfInput, packFiles } from "./pack-files.ts";

type Props = { onPack: (pack: () => Promise<File>) => void };

/** A folder, a zip or single documents are let go over it, or chosen with its buttons. */
export function FolderDrop({ onPack }: Props) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  function onDrop(dropped: DataTransfer) {
    const found = filesOfDrop(dropped);
    onPack(async () => packFiles(await found));
  }

  function onChosen(input: HTMLInputElement) {
    const found = filesOfInput(input.files ?? new DataTransfer().files);
    // The same one again is a new choice.
    input.value = "";
    if (found.length > 0) onPack(() => packFiles(found));
  }

  return (
    <DropArea onDrop={onDrop} className="flex-col gap-3 py-10">
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
    </DropArea>
  );
}
