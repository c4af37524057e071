/** Kinds that people look for, for pages and for the server's lists. */
export const fileKinds = [
  "image",
  "document",
  "table",
  "text",
  "audio",
  "video",
  "archive",
  "other",
] as const;
export type FileKind = (typeof fileKinds)[number];

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
  return fileKinds.find((kind) => kind === family) ?? "other";
}
