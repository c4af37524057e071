import type { DecodedText } from "@guildhall/importers/decode-text";
import type { ReactNode } from "react";
import type { FileRow } from "@/entities/files/file.ts";
import { formatBytes } from "@/ui/format/format-count.ts";
import { Loading } from "./loading.tsx";
import { NoPreview } from "./no-preview.tsx";
import { SHOWN_BYTES, useText } from "./read-text.ts";

type Props = {
  file: FileRow;
  address: string;
  /** Said below it, when it is not all of it. */
  note?: string | undefined;
  children: (text: string) => ReactNode;
};

/** Reads the beginning of a file as text, and says what is not as it seems. */
export function TextFrame({ file, address, note, children }: Props) {
  const { data, error } = useText(address);
  if (error) {
    return <NoPreview file={file}>Couldn't load the text. Try again in a moment.</NoPreview>;
  }
  if (!data) return <Loading />;
  const notes = [note, ...notesOn(file, data)].filter(Boolean);
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      {children(data.text)}
      {notes.length > 0 && (
        <p className="shrink-0 border-t bg-raised px-5 py-2 text-12 text-muted">
          {notes.join(" ")}
        </p>
      )}
    </div>
  );
}

function notesOn(file: FileRow, { isGuessed, encoding }: DecodedText): string[] {
  return [
    ...(file.size > SHOWN_BYTES
      ? [`Showing the first ${formatBytes(SHOWN_BYTES)}. Download the file to read the rest.`]
      : []),
    ...(isGuessed
      ? [`This file isn't Unicode. It's shown as ${encoding}, so some characters may be wrong.`]
      : []),
  ];
}
