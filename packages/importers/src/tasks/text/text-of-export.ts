import { decodeText } from "../../decode-text.ts";
import { ImportFileError } from "../plan/import-file-error.ts";

const HOW_TO_SAVE =
  "Save it as UTF-8 and import it again (Excel: “CSV UTF-8”; LibreOffice: character set “Unicode (UTF-8)”).";

/**
 * The text of an uploaded file: UTF-8 with or without a byte order mark, or UTF-16 with one.
 * Anything else is refused rather than guessed: a wrong guess is stored as damaged text for good.
 */
export function textOfExport(bytes: Uint8Array): string {
  if (bytes.length === 0) {
    throw new ImportFileError("file_empty", "The file is empty (0 bytes).");
  }
  refuseBinary(bytes);
  const { text, encoding, isGuessed } = decodeText(bytes);
  if (encoding !== "utf-8" && !isGuessed) {
    refuseHalfUnit(bytes);
    return text;
  }
  if (looksLikeBareUtf16(bytes)) {
    throw new ImportFileError(
      "file_not_utf8",
      `The file looks like UTF-16 without a byte order mark (from line 1). ${HOW_TO_SAVE}`,
    );
  }
  if (isGuessed) throw notUtf8(bytes, firstUtf8Fault(bytes));
  if (text.trim() === "") {
    throw new ImportFileError("file_empty", "The file contains only white space.");
  }
  return text;
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function refuseBinary(bytes: Uint8Array): void {
  const kinds: [number[], string][] = [
    [[0x50, 0x4b, 0x03, 0x04], "an Excel workbook or a ZIP archive"],
    [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook"],
    [[0x1f, 0x8b], "compressed with gzip"],
    [[0x25, 0x50, 0x44, 0x46], "a PDF"],
    [[0x89, 0x50, 0x4e, 0x47], "a PNG picture"],
    [[0xff, 0xd8, 0xff], "a JPEG picture"],
  ];
  for (const [signature, kind] of kinds) {
    if (!startsWith(bytes, signature)) continue;
    throw new ImportFileError(
      "file_wrong_kind",
      `The file is ${kind}, not text. Export it as CSV or JSON (unpack it first if it is an archive).`,
    );
  }
}

function refuseHalfUnit(bytes: Uint8Array): void {
  if (bytes.length % 2 === 0) return;
  throw new ImportFileError(
    "file_truncated",
    `The file is UTF-16 but has an odd number of bytes (${bytes.length}), so its end is missing. Export it again.`,
  );
}

/** ASCII text in UTF-16 is half zeros, all on one side: valid UTF-8, but never meant as such. */
function looksLikeBareUtf16(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 1000);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > sample.length / 4 && Math.min(even, odd) < sample.length / 50;
}

function notUtf8(bytes: Uint8Array, fault: { offset: number; cutOff: boolean }): ImportFileError {
  const line = countLines(bytes, fault.offset);
  if (fault.cutOff) {
    return new ImportFileError(
      "file_truncated",
      `The file ends in the middle of a character (line ${line}, byte ${fault.offset}), so its end is missing. Export or upload it again.`,
    );
  }
  const byte = (bytes[fault.offset] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return new ImportFileError(
    "file_not_utf8",
    `The file isn't UTF-8: line ${line} contains the byte 0x${byte} (at byte ${fault.offset}), as files in Windows-1252, Shift-JIS and other older encodings do. ${HOW_TO_SAVE}`,
  );
}

function countLines(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let index = bytes.indexOf(10); index !== -1 && index < end; ) {
    line += 1;
    index = bytes.indexOf(10, index + 1);
  }
  return line;
}

/** TextDecoder says that bytes are wrong but not which, so the place is found by the rules of UTF-8. */
function firstUtf8Fault(bytes: Uint8Array): { offset: number; cutOff: boolean } {
  let offset = 0;
  while (offset < bytes.length) {
    const lead = bytes[offset] ?? 0;
    if (lead < 0x80) {
      offset += 1;
      continue;
    }
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4) return { offset, cutOff: false };
    for (let step = 1; step < length; step += 1) {
      const next = bytes[offset + step];
      if (next === undefined) return { offset, cutOff: true };
      if (next < lowestFollower(lead, step) || next > highestFollower(lead, step)) {
        return { offset, cutOff: false };
      }
    }
    offset += length;
  }
  return { offset, cutOff: true };
}

/** The second byte rules out overlong forms, surrogates and code points over U+10FFFF. */
function lowestFollower(lead: number, step: number): number {
  if (step === 1 && lead === 0xe0) return 0xa0;
  if (step === 1 && lead === 0xf0) return 0x90;
  return 0x80;
}

function highestFollower(lead: number, step: number): number {
  if (step === 1 && lead === 0xed) return 0x9f;
  if (step === 1 && lead === 0xf4) return 0x8f;
  return 0xbf;
}
