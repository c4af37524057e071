export { type FileKind, fileKinds, kindOf } from "@guildhall/api/client";

import type { FileKind } from "@guildhall/api/client";

export const kindNames: Record<FileKind, string> = {
  image: "Images",
  document: "Documents",
  table: "Tables",
  text: "Text",
  audio: "Audio",
  video: "Video",
  archive: "Archives",
  other: "Other",
};

/** What a browser draws in an `<img>`; nothing in an SVG runs there. */
export const isPicture = (type: string) => /^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/.test(type);
