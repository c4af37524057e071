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
import { useFileAddress } from "./file-address.ts";
import { type FileKind, isPicture, kindOf } from "./file-kind.ts";

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

/** Larger pictures are not fetched for a few pixels of them. */
const MOST_BYTES = 12_000_000;

type Props = { file: { id: string; type: string; size: number }; iconSize?: number };

/** A file at a glance: the picture itself, or that of its kind. Fills its place. */
export function FilePicture({ file, iconSize = 16 }: Props) {
  const isDrawn = isPicture(file.type) && file.size < MOST_BYTES;
  if (isDrawn) return <Drawn {...{ file, iconSize }} />;
  const Icon = icons[kindOf(file.type)];
  return (
    <span className="grid size-full place-items-center bg-inset text-muted">
      <Icon size={iconSize} aria-hidden="true" />
    </span>
  );
}

function Drawn({ file, iconSize }: Required<Props>) {
  const address = useFileAddress(file.id);
  const [isBroken, setBroken] = useState(false);
  if (isBroken || !address) {
    return (
      <span className="grid size-full place-items-center bg-inset text-muted">
        <FileImage size={iconSize} aria-hidden="true" />
      </span>
    );
  }
  return (
    <img
      src={address}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
      className="size-full bg-inset object-cover"
    />
  );
}
