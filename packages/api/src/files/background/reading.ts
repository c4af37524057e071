/** What is asked of the process that reads files of strangers, and what it answers. */
export type ReadRequest = {
  path: string;
  type: string;
  thumbnail: boolean;
  /** As a small square of its middle, rather than all of it. */
  isSquare?: boolean;
  text: boolean;
};

export type Thumbnail = { bytes: Uint8Array; width: number; height: number };

/** Null: there is none in a file of this kind. `declined`: why not, for the log. */
export type Said<T> = { made: T | null } | { declined: string };
export type ReadAnswer = { thumbnail: Said<Thumbnail>; text: Said<string> };

const PICTURES = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/tiff",
  "image/svg+xml",
]);
export const isDrawn = (type: string) => PICTURES.has(type);

export const PDF = "application/pdf";
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export const isPlain = (type: string) =>
  type.startsWith("text/") || type === "application/json" || type === "application/xml";
export const hasText = (type: string) => isPlain(type) || type === PDF || type === DOCX;

/** Whether there is anything to do about bytes of this type whose sum is known. */
export const needsPostProcessing = (type: string) => isDrawn(type) || hasText(type);

/** What a list may say of a thumbnail at once. */
export const previewAtFirst = (type: string): "waiting" | "declined" | "none" =>
  isDrawn(type) ? "waiting" : type.startsWith("image/") ? "declined" : "none";

/** So much of a text is kept for search. */
export const MAX_TEXT = 500_000;
