/** Kinds that people look for; each has its picture. */
export const kinds = [
  "image",
  "document",
  "table",
  "text",
  "audio",
  "video",
  "archive",
  "other",
] as const;
export type FileKind = (typeof kinds)[number];

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

const EXACT: Record<string, FileKind> = {
  "application/pdf": "document",
  "application/json": "text",
  "application/xml": "text",
  "text/csv": "table",
  "application/zip": "archive",
  "application/gzip": "archive",
  "application/x-7z-compressed": "archive",
};

export function kindOf(type: string): FileKind {
  const exact = EXACT[type];
  if (exact) return exact;
  if (/spreadsheet/.test(type)) return "table";
  if (/wordprocessing|presentation|opendocument/.test(type)) return "document";
  const family = type.split("/", 1)[0];
  return kinds.find((kind) => kind === family) ?? "other";
}

/** What a browser draws in an `<img>`; nothing in an SVG runs there. */
export const isPicture = (type: string) => /^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/.test(type);
