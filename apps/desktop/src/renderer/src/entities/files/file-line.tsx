import { formatBytes } from "@/ui/format/format-count.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import type { FileRow } from "./file.ts";
import { FileMenu } from "./file-menu.tsx";
import { FileName } from "./file-name.tsx";
import { FilePicture } from "./file-picture.tsx";
import { useDragOut } from "./use-drag-out.ts";

type Props = { file: FileRow; readOnly: boolean; onOpen: () => void };

export function FileLine({ file, readOnly, onOpen }: Props) {
  return (
    <li className="group -mx-1.5 flex h-11 items-center gap-2 rounded-control pr-1 pl-1.5 hover:bg-hover">
      <button
        type="button"
        data-file-id={file.id}
        onClick={onOpen}
        {...useDragOut(file)}
        className="flex h-full min-w-0 flex-1 items-center gap-3 rounded-control text-left"
      >
        <span className="size-8 shrink-0 overflow-hidden rounded-control border">
          <FilePicture file={file} />
        </span>
        <span className="min-w-0 flex-1">
          <FileName name={file.name} className="text-13" />
          <span className="block text-12 text-muted tabular-nums">
            {formatBytes(file.size)} · <RelativeTime at={file.createdAt} />
          </span>
        </span>
      </button>
      <FileMenu file={file} readOnly={readOnly} />
    </li>
  );
}
