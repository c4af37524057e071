/**
 * The files of an uploaded zip. An archive says what it likes of itself: where its files go, how many
 * there are and how large. What it says is read before anything is unpacked, and the whole archive is
 * refused when one entry is not what a folder of somebody's disk would hold.
 */
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { DocumentImportRefusal } from "./import-refusal.ts";

const MB = 1024 * 1024;
export const MOST_ENTRIES = 9_999;
const MOST_BYTES = 512 * MB;
/** What deflate does at most is 1,032; text of any language stays far below this. */
const MOST_RATIO = 200;
/** Below this size nobody is harmed by any ratio. */
const HARMLESS = MB;

export type ArchivedFile = { path: string; size: number; read: () => Promise<Buffer> };

export const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

export async function readArchive(bytes: Buffer): Promise<ArchivedFile[]> {
  const zip = await fromBufferPromise(bytes, {
    lazyEntries: true,
    validateEntrySizes: true,
    strictFileNames: true,
  }).catch(asRefusal);
  if (zip.entryCount > MOST_ENTRIES) throw tooMany(zip.entryCount);
  const files = new Map<string, ArchivedFile>();
  const entries: Entry[] = [];
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      judge(entry);
      entries.push(entry);
      total += entry.uncompressedSize;
      if (total > MOST_BYTES)
        throw bomb(`its files are larger than ${MOST_BYTES / MB} MB in total`);
      const path = pathOf(entry);
      if (path.endsWith("/")) continue;
      if (files.has(path)) throw twice(path);
      files.set(path, { path, size: entry.uncompressedSize, read: () => readEntry(zip, entry) });
    }
    refuseOverlaps(entries);
  } catch (error) {
    asRefusal(error);
  }
  return [...files.values()];
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const UTF8_FLAG = 0x800;

/** macOS and others write UTF-8 and do not say so; what is none is in the signs of the first PCs. */
function pathOf({ fileName, fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const isNamedApart = extraFields.some(({ id }) => id === 0x7075);
  if (generalPurposeBitFlag & UTF8_FLAG || isNamedApart) return plain(fileName);
  try {
    return plain(utf8.decode(fileNameRaw));
  } catch {
    return plain(fileName);
  }
}

/** Without `./` and doubled slashes; the one at the end of a folder stays. */
const plain = (path: string) => path.replace(/(^|\/)(?:\.?\/)+/g, "$1");

/** The size of a local header without its name. */
const LOCAL_HEADER = 30;

/** A small archive becomes a huge one when its entries unpack the same bytes again and again. */
function refuseOverlaps(entries: Entry[]) {
  let end = 0;
  const inOrder = entries.toSorted(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  );
  for (const { fileName, relativeOffsetOfLocalHeader: start, compressedSize } of inOrder) {
    if (start < end) throw bomb(`“${fileName}” overlaps another file in it`);
    end = start + LOCAL_HEADER + compressedSize;
  }
}

/** yauzl has refused absolute paths, `..` and backslashes by now. */
function judge(entry: Entry) {
  const { fileName, compressedSize, uncompressedSize } = entry;
  if (fileName.includes("\0")) {
    throw new DocumentImportRefusal(
      "zip_unsafe_path",
      `“${fileName.replaceAll("\0", "␀")}” in this zip isn't a valid file name, so the zip wasn't unpacked.`,
    );
  }
  if (entry.generalPurposeBitFlag & 1) {
    throw new DocumentImportRefusal(
      "zip_encrypted",
      `“${fileName}” in this zip is password-protected. Create the zip again without a password.`,
    );
  }
  const mode = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (mode !== 0 && mode !== 0o100000 && mode !== 0o040000) {
    throw new DocumentImportRefusal(
      "zip_has_links",
      `“${fileName}” in this zip is a link, not a file. Create the zip again with the files themselves.`,
    );
  }
  if (uncompressedSize > HARMLESS && uncompressedSize > compressedSize * MOST_RATIO) {
    throw bomb(`“${fileName}” would be ${Math.round(uncompressedSize / MB)} MB unpacked`);
  }
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    // Ends with an error past the size that the archive named.
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    if (crc32(bytes) !== entry.crc32) throw new Error(`“${entry.fileName}” is damaged`);
    return bytes;
  } catch (error) {
    return asRefusal(error);
  }
}

const tooMany = (count: number) =>
  new DocumentImportRefusal(
    "zip_too_many_files",
    `This zip has ${count} entries; the limit is ${MOST_ENTRIES}. Import its folders one by one.`,
  );

const bomb = (why: string) =>
  new DocumentImportRefusal(
    "zip_too_large",
    `This zip wasn't unpacked: ${why}. Import its folders one by one.`,
  );

const twice = (name: string) =>
  new DocumentImportRefusal("zip_broken", `This zip contains “${name}” twice. Create it again.`);

/** yauzl says in English sentences what is wrong with the archive. */
function asRefusal(error: unknown): never {
  if (error instanceof DocumentImportRefusal || !(error instanceof Error)) throw error;
  if (/relative path|absolute path|invalid characters in fileName/.test(error.message)) {
    throw new DocumentImportRefusal(
      "zip_unsafe_path",
      `This zip has a file that would land outside its folder (${error.message}), so it wasn't unpacked.`,
    );
  }
  throw new DocumentImportRefusal(
    "zip_broken",
    `This zip is damaged or incomplete (${error.message}). Create it again.`,
  );
}
