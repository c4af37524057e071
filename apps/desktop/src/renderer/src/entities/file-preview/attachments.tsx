import { useState } from "react";
import { AttachButton } from "@/entities/files/attach-button.tsx";
import { FileLine } from "@/entities/files/file-line.tsx";
import type { FilePlace } from "@/entities/files/upload/file-place.ts";
import { useUploadsTo } from "@/entities/files/upload/use-upload.ts";
import { UploadLine } from "@/entities/files/upload-line.tsx";
import { useLinkedFile } from "@/entities/files/use-linked-file.ts";
import { trpc } from "@/sync/trpc.ts";
import { FilePreview } from "./file-preview.tsx";

/** The files of a task, and those on their way to it. */
export function Attachments({ place, readOnly }: { place: FilePlace; readOnly: boolean }) {
  const { data } = trpc.files.list.useQuery(place);
  const uploads = useUploadsTo(place);
  const [shown, setShown] = useState<string | null>(null);
  const files = data?.items ?? [];
  useLinkedFile(files, setShown);
  const arriving = uploads.filter(({ id }) => !files.some((file) => file.id === id));
  if (readOnly && files.length === 0) return null;
  return (
    <section aria-label="Attachments" className="mt-6">
      <h3 className="flex h-7 items-center gap-2 font-medium text-13">
        Attachments
        {files.length > 0 && (
          <span className="text-12 text-muted tabular-nums">{files.length}</span>
        )}
        {!readOnly && (
          <span className="ml-auto">
            <AttachButton place={place} />
          </span>
        )}
      </h3>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {files.map((file) => (
          <FileLine
            key={file.id}
            file={file}
            readOnly={readOnly}
            onOpen={() => setShown(file.id)}
          />
        ))}
        {arriving.map((upload) => (
          <UploadLine key={upload.id} upload={upload} />
        ))}
      </ul>
      {!readOnly && files.length + arriving.length === 0 && (
        <p className="text-13 text-faint">Drop or paste files here.</p>
      )}
      <FilePreview {...{ files, readOnly }} shownId={shown} onShow={setShown} />
    </section>
  );
}
