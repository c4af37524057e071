/** Images and other files in a text: as they arrive, and to be fetched. */
import { shownName } from "@guildhall/api/client";
import { DocumentImage, FileBlock, ownLink, safeImageSrc } from "@guildhall/document-model";
import { NodeViewWrapper, type ReactNodeViewProps, ReactNodeViewRenderer } from "@tiptap/react";
import { Download, FileIcon, ImageOff } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { useFileAddress } from "@/entities/files/file-url.ts";
import { ImageElsewhere } from "@/entities/files/image-elsewhere.tsx";
import type { Upload } from "@/entities/files/upload/upload-queue.ts";
import { useUploadState } from "@/entities/files/upload/use-upload.ts";
import { usePictureTries } from "@/entities/files/use-picture-tries.ts";
import { cx } from "@/ui/format/cx.ts";
import { formatBytes } from "@/ui/format/format-count.ts";

const NARROWEST = 48;

function ImageView({ node, editor, selected, updateAttributes }: ReactNodeViewProps) {
  const { src, alt, title, width } = node.attrs;
  const fileId = ownLink(src)?.target === "file" ? (ownLink(src)?.id ?? null) : null;
  const frame = useRef<HTMLSpanElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);

  function resize(event: PointerEvent<HTMLSpanElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return;
    const left = frame.current.getBoundingClientRect().left;
    const most = editor.view.dom.clientWidth;
    setDragged(Math.round(Math.min(most, Math.max(NARROWEST, event.clientX - left))));
  }

  return (
    <NodeViewWrapper as="span" className="image-place">
      <span
        ref={frame}
        className={cx("image-frame", selected && "image-chosen")}
        style={{ width: dragged ?? width ?? undefined }}
      >
        {fileId ? (
          <FileImage id={fileId} alt={alt ?? ""} title={title} />
        ) : (
          <ImageElsewhere src={safeImageSrc(src) ?? ""} alt={alt ?? ""} />
        )}
        {editor.isEditable && (
          <span
            className="image-handle"
            aria-hidden="true"
            onPointerDown={(event) => {
              event.preventDefault();
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={resize}
            onPointerUp={() => {
              if (dragged) updateAttributes({ width: dragged });
              setDragged(null);
            }}
          />
        )}
      </span>
    </NodeViewWrapper>
  );
}

function FileImage({ id, alt, title }: { id: string; alt: string; title?: string }) {
  const address = useFileAddress(id);
  const upload = useUploadState(id);
  if (upload && upload.state !== "done") return <Arriving upload={upload} />;
  return address ? <Picture src={address} alt={alt} title={title} /> : null;
}

function Picture({ src, alt, title }: { src: string; alt: string; title?: string }) {
  const { isMissing, tryKey, onError } = usePictureTries();
  if (isMissing || src === "") {
    return (
      <span className="image-missing">
        <ImageOff size={15} aria-hidden="true" />
        {alt || "Image can't be shown"}
      </span>
    );
  }
  return (
    <img
      key={tryKey}
      src={src}
      alt={alt}
      title={title ?? undefined}
      loading="lazy"
      draggable={false}
      onError={onError}
    />
  );
}

function FileView({ node, selected }: ReactNodeViewProps) {
  const { fileId, name, size } = node.attrs;
  const address = useFileAddress(fileId ?? "");
  const upload = useUploadState(fileId ?? "");
  return (
    <NodeViewWrapper className={cx("file-block", selected && "image-chosen")}>
      <FileIcon size={18} className="shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate font-medium">
        <bdi>{name ? shownName(name) : "File"}</bdi>
      </span>
      {upload && upload.state !== "done" ? (
        <Arriving upload={upload} />
      ) : (
        <>
          <span className="text-12 text-faint">{size != null && formatBytes(size)}</span>
          {address && (
            <a href={`${address}?download`} download={shownName(name ?? "")} className="file-fetch">
              <Download size={15} aria-hidden="true" />
              <span className="sr-only">Download {shownName(name ?? "")}</span>
            </a>
          )}
        </>
      )}
    </NodeViewWrapper>
  );
}

const words = {
  waiting: "Waiting",
  sending: "",
  lost: "Offline, will retry",
  paused: "Paused",
  away: "Choose the file again to resume",
  failed: "Not uploaded",
  done: "",
};

function Arriving({ upload }: { upload: Upload }) {
  const { state, sentBytes, size, name, problem } = upload;
  const part = size > 0 ? Math.round((sentBytes / size) * 100) : 0;
  return (
    <span className="arriving" role="status">
      <span className="arriving-bar" style={{ width: `${part}%` }} />
      {state === "failed" ? problem : words[state] || `${part} %`}
      <span className="sr-only">of {shownName(name)}</span>
    </span>
  );
}

export const ImageNodeView = DocumentImage.extend({
  addNodeView: () => ReactNodeViewRenderer(ImageView, { as: "span" }),
});
export const FileBlockView = FileBlock.extend({
  addNodeView: () => ReactNodeViewRenderer(FileView),
});
