/**
 * The files of an uploaded zip. An archive says what it likes of itself: where its files go, how many
 * there are and how large. What it says is read before anything is unpacked, and the whole archive is
 * refused when one entry is not what a folder of somebody's disk would hold.
 */
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from "yauzl";
import { BlockReader, type ByteSource } from "./byte-source.ts";
import { DocumentImportRefusal } from "./import-refusal.ts";

const MB = 1024 * 1024;
/** What an archive may say of itself. */
export type ArchiveLimits = {
  entries: number;
  /** Unpacked, of all together. */
  bytes: number;
  /** Of an entry's size to its packed one: what deflate does at most is 1,032. */
  ratio: number;
};

/** Of a folder of documents: as much as one upload may bring; text of any language is packed far less. */
const FOLDER: ArchiveLimits = { entries: 9_999, bytes: 5 * 1024 * MB, ratio: 200 };
/** Below this size nobody is harmed by any ratio. */
const HARMLESS = MB;

export type ArchivedFile = {
  path: string;
  /** Unpacked, in bytes. */
  size: number;
  /** Bit by bit; ends with a refusal when it is not what the archive says of it. */
  content: () => AsyncIterable<Uint8Array>;
};

/** All of it, where it is known to be short. */
export const contentOf = (file: ArchivedFile): Promise<Buffer> => buffer(file.content());

export const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

export async function readArchive(
  source: ByteSource,
  limits: ArchiveLimits = FOLDER,
): Promise<ArchivedFile[]> {
  const zip = await fromRandomAccessReaderPromise(new BlockReader(source), source.size, {
    autoClose: false,
    lazyEntries: true,
    validateEntrySizes: true,
    strictFileNames: true,
  }).catch(asRefusal);
  if (zip.entryCount > limits.entries) throw tooMany(zip.entryCount, limits.entries);
  const files = new Map<string, ArchivedFile>();
  const entries: Entry[] = [];
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      judge(entry, limits.ratio);
      entries.push(entry);
      total += entry.uncompressedSize;
      if (total > limits.bytes)
        throw bomb(`its files are larger than ${limits.bytes / MB / 1024} GB in total`);
      const path = pathOf(entry);
      if (path.endsWith("/")) continue;
      if (files.has(path)) throw twice(path);
      const content = () => readEntry(zip, entry);
      files.set(path, { path, size: entry.uncompressedSize, content });
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
function judge(entry: Entry, mostRatio: number) {
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
  if (uncompressedSize > HARMLESS && uncompressedSize > compressedSize * mostRatio) {
    throw bomb(`“${fileName}” would be ${Math.round(uncompressedSize / MB)} MB unpacked`);
  }
}

async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  try {
    // Ends with an error past the size that the archive named.
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      sum = crc32(piece, sum);
      yield piece;
    }
    if (sum !== entry.crc32) throw new Error(`“${entry.fileName}” is damaged`);
  } catch (error) {
    asRefusal(error);
  }
}

const tooMany = (count: number, most: number) =>
  new DocumentImportRefusal(
    "zip_too_many_files",
    `This zip has ${count} entries; the limit is ${most}. Import its folders one by one.`,
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
