import { Paperclip } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { FilePreview } from "@/entities/file-preview/file-preview.tsx";
import type { FileRow } from "@/entities/files/file.ts";
import { FileLine } from "@/entities/files/file-line.tsx";
import { FileTile } from "@/entities/files/file-tile.tsx";
import { RenameFile } from "@/entities/files/rename-file.tsx";
import { useFileMutations } from "@/entities/files/use-file-mutations.ts";
import { useLinkedFile } from "@/entities/files/use-linked-file.ts";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { nextFile } from "./next-file.ts";

export type Layout = "grid" | "list";

type Props = { files: FileRow[]; layout: Layout; readOnly: boolean; isFiltered: boolean };

/** Arrows go from file to file, Enter looks at one, F2 renames it, Delete puts it into the bin. */
export function FoundFiles({ files, layout, readOnly, isFiltered }: Props) {
  const mutations = useFileMutations();
  const [shownId, setShown] = useState<string | null>(null);
  useLinkedFile(files, setShown);
  const [renamed, setRenamed] = useState<FileRow | null>(null);

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const focused = event.target instanceof Element && event.target.closest("[data-file-id]");
    if (!focused || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = focused.getAttribute("data-file-id");
    const file = files.find((each) => each.id === id);
    const next = nextFile(event.currentTarget, focused, event.key);
    if (next) next.focus();
    else if (event.key === "F2" && file && !readOnly) setRenamed(file);
    else if (event.key === "Delete" && file && !readOnly) {
      (
        nextFile(event.currentTarget, focused, "ArrowRight") ??
        nextFile(event.currentTarget, focused, "ArrowLeft")
      )?.focus();
      void mutations.remove(file);
    } else return;
    event.preventDefault();
  }

  if (files.length === 0) {
    return (
      <EmptyState
        icon={<Paperclip size={18} />}
        title={isFiltered ? "No matching files" : "No files yet"}
      >
        {isFiltered
          ? "Try another name or type."
          : "Drop files here. Files attached to this project's tasks and documents appear here too."}
      </EmptyState>
    );
  }
  const Item = layout === "grid" ? FileTile : FileLine;
  return (
    <>
      <ul
        aria-label="Files"
        onKeyDown={onKeyDown}
        className={
          layout === "grid"
            ? "grid grid-cols-[repeat(auto-fill,minmax(176px,1fr))] gap-3"
            : "grid grid-cols-[minmax(0,1fr)]"
        }
      >
        {files.map((file) => (
          <Item key={file.id} file={file} readOnly={readOnly} onOpen={() => setShown(file.id)} />
        ))}
      </ul>
      <FilePreview {...{ files, readOnly, shownId }} onShow={setShown} />
      {renamed && <RenameFile file={renamed} onClose={() => setRenamed(null)} />}
    </>
  );
}
