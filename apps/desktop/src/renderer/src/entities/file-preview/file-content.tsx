import { lazy, type ReactNode, Suspense } from "react";
import { isPicture, kindOf } from "@/entities/files/file-kind.ts";
import type { ContentProps } from "./content-props.ts";
import { CsvContent } from "./csv-content.tsx";
import { ImageContent } from "./image-content.tsx";
import { Loading } from "./loading.tsx";
import { MediaContent } from "./media-content.tsx";
import { NoPreview } from "./no-preview.tsx";
import { TextContent } from "./text-content.tsx";
import "./preview.css";

/** Large, and not needed by most: fetched when the first of its kind is opened. */
const PdfContent = lazy(() => import("./pdf-content.tsx"));
const MarkdownContent = lazy(() => import("./markdown-content.tsx"));

export default function FileContent(props: ContentProps): ReactNode {
  const { file } = props;
  const kind = kindOf(file.type);
  if (isPicture(file.type) || file.preview === "ready") return <ImageContent {...props} />;
  if (file.type === "application/pdf") return later(<PdfContent {...props} />);
  if (isMarkdown(file)) return later(<MarkdownContent {...props} />);
  if (file.type === "text/csv") return <CsvContent {...props} />;
  if (kind === "text") return <TextContent {...props} />;
  if (kind === "video" || kind === "audio") return <MediaContent {...props} />;
  return (
    <NoPreview file={file}>
      No preview is available for this file type. Download the file to open it.
    </NoPreview>
  );
}

/** With HTML within it the server takes it for HTML; here its HTML is nothing but text. */
const isMarkdown = ({ name, type }: ContentProps["file"]) =>
  type === "text/markdown" || (type === "text/html" && /\.(md|markdown)$/i.test(name));

const later = (content: ReactNode) => <Suspense fallback={<Loading />}>{content}</Suspense>;
