import { File, ImageOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFileAddress } from "@/entities/files/file-url.ts";
import type { Upload } from "@/entities/files/upload/upload-queue.ts";
import { useUploadState } from "@/entities/files/upload/use-upload.ts";
import { usePictureTries } from "@/entities/files/use-picture-tries.ts";
import { trpc } from "@/sync/trpc.ts";
import type { OwnFiles } from "@/ui/text/embedded-files.ts";
import { FilePreview } from "./file-preview.tsx";

/** Files within the text of a task or a comment: as they arrive, and to be looked at. */
export const filesInText: OwnFiles = { Image: TextImage, Link: TextLink };

function TextImage({ id, alt }: { id: string; alt: string }) {
  const upload = useUploadState(id);
  const address = useFileAddress(id);
  if (upload && upload.state !== "done") return <Arriving upload={upload} />;
  if (!address) return null;
  return (
    <Opened id={id} className="inline-block max-w-full">
      <Picture src={address} alt={alt} />
    </Opened>
  );
}

function Picture({ src, alt }: { src: string; alt: string }) {
  const { isMissing, tryKey, onError } = usePictureTries();
  if (isMissing) {
    return (
      <span className="inline-flex items-center gap-1.5 text-muted">
        <ImageOff size={14} aria-hidden="true" />
        {alt || "Missing image"}
      </span>
    );
  }
  return (
    <img key={tryKey} src={src} alt={alt} loading="lazy" className="max-h-80" onError={onError} />
  );
}

function TextLink({ id, children }: { id: string; children: ReactNode }) {
  const upload = useUploadState(id);
  return (
    <>
      <Opened id={id} className="inline-flex items-center gap-1 text-accent-ink hover:underline">
        <File size={13} className="shrink-0" aria-hidden="true" />
        <bdi>{children}</bdi>
      </Opened>
      {upload && upload.state !== "done" && <Arriving upload={upload} />}
    </>
  );
}

function Arriving({ upload: { state, sentBytes, size, problem } }: { upload: Upload }) {
  if (state === "failed") return <span className="text-danger-ink"> {problem}</span>;
  const part = size > 0 ? Math.round((sentBytes / size) * 100) : 0;
  return (
    <span role="status" className="ml-1 text-12 text-muted tabular-nums">
      {state === "sending" ? `Uploading, ${part} %` : "Waiting to upload"}
    </span>
  );
}

type OpenedProps = { id: string; className: string; children: ReactNode };

/** A press looks at the file. */
function Opened({ id, className, children }: OpenedProps) {
  const [isOpen, setOpen] = useState(false);
  const { data } = trpc.files.get.useQuery({ id }, { enabled: isOpen });
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={className}>
        {children}
      </button>
      {isOpen && data && (
        <FilePreview
          files={[data]}
          shownId={id}
          readOnly={data.role === "viewer"}
          onShow={() => setOpen(false)}
        />
      )}
    </>
  );
}
