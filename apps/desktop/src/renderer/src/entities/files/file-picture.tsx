import {
  Archive,
  File,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileType,
  FileVideo,
} from "lucide-react";
import { useState } from "react";
import type { FileRow } from "./file.ts";
import { type FileKind, isPicture, kindOf } from "./file-kind.ts";
import { addressOf, useFileAddress } from "./file-url.ts";

const icons: Record<FileKind, typeof File> = {
  image: FileImage,
  document: FileType,
  table: FileSpreadsheet,
  text: FileText,
  audio: FileMusic,
  video: FileVideo,
  archive: Archive,
  other: File,
};

/** Larger pictures are not fetched for a few pixels of them, as long as there is no small one. */
const MOST_BYTES = 2_000_000;

type Pictured = {
  id: string;
  type: string;
  size: number;
  version: number;
  preview: FileRow["preview"];
};
type Props = { file: Pictured; iconSize?: number };

/** A file at a glance: its small picture, or that of its kind. Fills its place. */
export function FilePicture({ file, iconSize = 16 }: Props) {
  const hasSmall = file.preview === "ready";
  // A drawing has no thumbnail, or it is being made.
  const isLight = isPicture(file.type) && file.size < MOST_BYTES && file.preview !== "declined";
  if (hasSmall || isLight) {
    return <Drawn key={`${file.version} ${hasSmall}`} {...{ file, iconSize, hasSmall }} />;
  }
  return <Icon {...{ file, iconSize }} />;
}

function Icon({ file, iconSize }: { file: Pictured; iconSize: number }) {
  const Kind = icons[kindOf(file.type)];
  return (
    <span className="grid size-full place-items-center bg-inset text-muted">
      <Kind size={iconSize} aria-hidden="true" />
    </span>
  );
}

function Drawn({ file, iconSize, hasSmall }: Required<Props> & { hasSmall: boolean }) {
  const address = useFileAddress(file.id);
  const [isBroken, setBroken] = useState(false);
  if (isBroken || !address) return <Icon {...{ file, iconSize }} />;
  const { version } = file;
  return (
    <img
      src={addressOf(address, hasSmall ? { version, thumbnail: true } : { version })}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setBroken(true)}
      // A drawing is mostly a sign of something: a part of it says nothing.
      className={`size-full bg-inset ${file.type === "image/svg+xml" ? "object-contain" : "object-cover"}`}
    />
  );
}
