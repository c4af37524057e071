/**
 * What a file is, by its first bytes. What its sender or its name says is used only to tell apart
 * kinds that look alike from inside: text of this or that sort, and the ZIPs of office programs.
 */

/** So many bytes are looked at. */
export const HEAD_BYTES = 4_100;

const ascii = (text: string) => Buffer.from(text, "latin1");

const MAGIC: [type: string, at: number, bytes: Buffer][] = [
  ["image/png", 0, ascii("\x89PNG\r\n\x1a\n")],
  ["image/jpeg", 0, ascii("\xff\xd8\xff")],
  ["image/gif", 0, ascii("GIF87a")],
  ["image/gif", 0, ascii("GIF89a")],
  ["image/webp", 8, ascii("WEBP")],
  ["image/avif", 4, ascii("ftypavif")],
  ["image/heic", 4, ascii("ftyphei")],
  ["image/vnd.adobe.photoshop", 0, ascii("8BPS")],
  ["image/tiff", 0, ascii("II*\0")],
  ["image/tiff", 0, ascii("MM\0*")],
  ["application/pdf", 0, ascii("%PDF-")],
  ["audio/mpeg", 0, ascii("ID3")],
  ["audio/mpeg", 0, ascii("\xff\xfb")],
  ["audio/mpeg", 0, ascii("\xff\xf3")],
  ["audio/flac", 0, ascii("fLaC")],
  ["audio/wav", 8, ascii("WAVE")],
  ["audio/ogg", 0, ascii("OggS")],
  ["audio/mp4", 4, ascii("ftypM4A")],
  ["video/quicktime", 4, ascii("ftypqt")],
  ["video/mp4", 4, ascii("ftyp")],
  ["video/webm", 0, ascii("\x1aE\xdf\xa3")],
  ["application/gzip", 0, ascii("\x1f\x8b")],
  ["application/x-7z-compressed", 0, ascii("7z\xbc\xaf'\x1c")],
];

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

/** All that `typeOf` may say. */
export const KNOWN_TYPES = [
  ...new Set([
    ...MAGIC.map(([type]) => type),
    ...Object.values(OFFICE),
    ...Object.values(TEXT),
    "application/zip",
    "application/octet-stream",
    "image/svg+xml",
    "text/html",
    "application/xml",
    "text/plain",
  ]),
];

export function typeOf(head: Uint8Array, name: string): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const ending = /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
  for (const [type, at, magic] of MAGIC) {
    if (bytes.subarray(at, at + magic.length).equals(magic)) return type;
  }
  if (bytes.subarray(0, 4).equals(ascii("PK\x03\x04"))) return OFFICE[ending] ?? "application/zip";
  if (bytes.length > 0 && !isText(bytes)) return "application/octet-stream";
  // What a browser might take for a page of ours is called what it is, and so never shown as one.
  const start = bytes.toString("latin1").replaceAll("\0", "").slice(0, 1_500);
  if (/<svg[\s>]/i.test(start)) return "image/svg+xml";
  if (/<(!doctype html|html|head|body|script|iframe)[\s>]/i.test(start)) return "text/html";
  if (/^\W{0,4}<\?xml\s/i.test(start)) return "application/xml";
  return TEXT[ending] ?? "text/plain";
}

/** No control characters but those that text has; UTF-16 says what it is by its first two bytes. */
function isText(bytes: Buffer): boolean {
  const mark = bytes.toString("latin1", 0, 2);
  if (mark === "\xff\xfe" || mark === "\xfe\xff") return true;
  return bytes.every((byte) => byte >= 32 || (byte >= 7 && byte <= 13) || byte === 27);
}

/** Kinds that a browser shows by itself without running anything of them. */
const SHOWN = new Set([
  "image/png",
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
