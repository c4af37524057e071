import { shownName } from "@guildhall/api/client";
import { ownLink, safeImageSrc } from "@guildhall/document-model/text";
import { Download, File, ImageOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FilePreview } from "@/entities/file-preview/file-preview.tsx";
import { useFileAddress } from "@/entities/files/file-url.ts";
import { ImageElsewhere } from "@/entities/files/image-elsewhere.tsx";
import type { Upload } from "@/entities/files/upload/upload-queue.ts";
import { useUploadState } from "@/entities/files/upload/use-upload.ts";
import { usePictureTries } from "@/entities/files/use-picture-tries.ts";
import { trpc } from "@/sync/trpc.ts";

type ImageProps = { src: string; alt: string; width?: number | undefined };

/** A picture within a text. */
export function TextImage({ src, alt, width }: ImageProps) {
  const own = ownLink(src);
  if (own?.target === "file") return <OwnImage id={own.id} alt={alt} width={width} />;
  return <ImageElsewhere src={safeImageSrc(src) ?? ""} alt={alt} />;
}

function OwnImage({ id, alt, width }: Omit<ImageProps, "src"> & { id: string }) {
  const upload = useUploadState(id);
  const address = useFileAddress(id);
  if (upload && upload.state !== "done") return <Arriving upload={upload} />;
  if (!address) return null;
  return (
    <Opened id={id} className="image-place">
      <span className="image-frame" style={{ width }}>
        <Picture src={address} alt={alt} />
      </span>
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
  return <img key={tryKey} src={src} alt={alt} loading="lazy" onError={onError} />;
}

/** A link to a file within a line. */
export function TextFile({ id, children }: { id: string; children: ReactNode }) {
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

/** A file in a line of its own. */
export function TextFileBlock({ id, name }: { id: string; name: string }) {
  const upload = useUploadState(id);
  const address = useFileAddress(id);
  const shown = name ? shownName(name) : "File";
  return (
    <div className="file-block">
      <File size={18} className="shrink-0 text-muted" aria-hidden="true" />
      <Opened id={id} className="min-w-0 flex-1 truncate text-left font-medium hover:underline">
        <bdi>{shown}</bdi>
      </Opened>
      {upload && upload.state !== "done" ? (
        <Arriving upload={upload} />
      ) : (
        address && (
          <a href={`${address}?download`} download={shown} className="file-fetch">
            <Download size={15} aria-hidden="true" />
            <span className="sr-only">Download {shown}</span>
          </a>
        )
      )}
    </div>
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
