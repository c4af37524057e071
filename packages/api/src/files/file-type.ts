/**
 * What a file is, by its first bytes. What its sender or its name says is used only to tell apart
 * kinds that look alike from inside: text of this or that sort, and the ZIPs of office programs.
 */
import { fileTypeFromBuffer, supportedMimeTypes } from "file-type";

/** So many bytes are looked at. */
export const HEAD_BYTES = 4_100;

const OFFICE: Record<string, string> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odp: "application/vnd.oasis.opendocument.presentation",
};

const TEXT: Record<string, string> = {
  csv: "text/csv",
  json: "application/json",
  md: "text/markdown",
  markdown: "text/markdown",
};

/** Names that some programs use, as one: what is shown, and looked for, knows the first alone. */
const SAME: Record<string, string> = {
  "audio/x-m4a": "audio/mp4",
  "video/x-m4v": "video/mp4",
  "audio/ogg; codecs=opus": "audio/ogg",
};

/** Of what consists of letters and signs, these say by their beginning what they are. */
const WRITTEN = new Set(["application/pdf", "application/rtf", "application/postscript"]);

/** All that `typeOf` may say. */
export const KNOWN_TYPES = [
  ...new Set([
    ...[...supportedMimeTypes].filter((type) => !(type in SAME)),
    ...Object.values(OFFICE),
    ...Object.values(TEXT),
    "application/octet-stream",
    "image/svg+xml",
    "text/html",
    "application/xml",
    "text/plain",
  ]),
];

export async function typeOf(head: Uint8Array, name: string): Promise<string> {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const ending = /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const found = (await fileTypeFromBuffer(head))?.mime ?? (isBrokenPng(bytes) ? "image/png" : null);
  // Two letters at the beginning are enough for some kinds: a text that opens with "BMW" is no picture.
  const counts = found && (WRITTEN.has(found) || !isText(bytes));
  if (counts && found === "application/zip") return OFFICE[ending] ?? found;
  if (counts) return SAME[found] ?? found;
  if (bytes.length > 0 && !isText(bytes)) return "application/octet-stream";
  // What a browser might take for a page of ours is called what it is, and so never shown as one.
  const start = bytes.toString("latin1").replaceAll("\0", "").slice(0, 1_500);
  if (/<svg[\s>]/i.test(start)) return "image/svg+xml";
  if (/<(!doctype html|html|head|body|script|iframe)[\s>]/i.test(start)) return "text/html";
  if (/^\W{0,4}<\?xml\s/i.test(start)) return "application/xml";
  return TEXT[ending] ?? "text/plain";
}

/** The library reads on to tell PNG from APNG; one that is damaged there is a picture all the same. */
const isBrokenPng = (bytes: Buffer) => bytes.toString("latin1", 0, 8) === "\x89PNG\r\n\x1a\n";

/** No control characters but those that text has; UTF-16 says what it is by its first two bytes. */
function isText(bytes: Buffer): boolean {
  const mark = bytes.toString("latin1", 0, 2);
  if (mark === "\xff\xfe" || mark === "\xfe\xff") return true;
  return bytes.every((byte) => byte >= 32 || (byte >= 7 && byte <= 13) || byte === 27);
}

/** Kinds that a browser shows by itself without running anything of them. */
const SHOWN = new Set([
  "image/png",
  "image/apng",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "application/pdf",
  "audio/mpeg",
  "audio/flac",
  "audio/wav",
  "audio/ogg",
  "audio/mp4",
  "video/mp4",
  "video/webm",
  "video/quicktime",
]);

export const isShown = (type: string) => SHOWN.has(type);
