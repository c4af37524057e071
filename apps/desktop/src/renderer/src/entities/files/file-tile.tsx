import { shownName } from "@guildhall/api/client";
import { formatBytes } from "@/ui/format/format-count.ts";
import type { FileRow } from "./file.ts";
import { FileMenu } from "./file-menu.tsx";
import { FileName } from "./file-name.tsx";
import { FilePicture } from "./file-picture.tsx";
import { useDragOut } from "./use-drag-out.ts";

type Props = { file: FileRow; readOnly: boolean; onOpen: () => void };

export function FileTile({ file, readOnly, onOpen }: Props) {
  return (
    <li className="overflow-hidden rounded-panel border bg-surface transition-colors hover:border-line-strong">
      <button
        type="button"
        data-file-id={file.id}
        onClick={onOpen}
        {...useDragOut(file)}
        className="block h-32 w-full overflow-hidden border-b"
      >
        <span className="sr-only">Open {shownName(file.name)}</span>
        <FilePicture file={file} iconSize={28} />
      </button>
      <div className="flex items-center gap-1 py-1.5 pr-1 pl-2.5">
        <p className="min-w-0 flex-1">
          <FileName name={file.name} className="text-13" />
          <span className="block text-12 text-muted tabular-nums">{formatBytes(file.size)}</span>
        </p>
        <FileMenu file={file} readOnly={readOnly} />
      </div>
    </li>
  );
}
