/** A folder that was dropped or chosen, as the one zip that is sent. */
import { Zip, ZipPassThrough } from "fflate";
import { PageRefusal, UnreadableFile } from "@/sync/format-error.ts";

type Found = { path: string; file: File };

/** What a drop holds; folders are opened, and so must be asked before the event is over. */
export async function filesOfDrop(transfer: DataTransfer): Promise<Found[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const found: Found[] = [];
  for (const entry of entries) if (entry) await collect(entry, found);
  return found;
}

/** What an input holds: of a folder each file knows its path. */
export const filesOfInput = (files: FileList): Found[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

async function collect(entry: FileSystemEntry, found: Found[]) {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A hundred at a time, until there are no more.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const each of some) await collect(each, found);
  }
}

/** What the sizes in a zip can say, but for what stands around the files. */
const MOST_PACKED = 4 * 1024 ** 3 - 16 * 1024 ** 2;
/** Of the zip that is held at once; the browser stores what is behind it where it likes. */
const HELD_BYTES = 16 * 1024 * 1024;

/** One document or zip goes as it is. Not compressed: it goes out once, and the server packs it. */
export async function packFiles(found: Found[]): Promise<File> {
  const [only] = found;
  if (found.length === 1 && only && !only.path.includes("/")) return only.file;
  const size = found.reduce((sum, { file }) => sum + file.size, 0);
  if (size > MOST_PACKED)
    throw new PageRefusal("A folder can have up to 4 GB. Import its folders one by one.");
  const packed: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const putAway = () => {
    packed.push(new Blob(held));
    held = [];
    bytes = 0;
  };
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    held.push(new Uint8Array(piece));
    bytes += piece.length;
    if (bytes >= HELD_BYTES) putAway();
  });
  for (const { path, file } of found) {
    const entry = new ZipPassThrough(path);
    zip.add(entry);
    for await (const piece of piecesOf(file)) entry.push(piece);
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  putAway();
  const top = only?.path.split("/")[0] ?? "Import";
  return new File(packed, `${found.length > 1 ? top : "Import"}.zip`);
}

/** Not every browser iterates a stream. */
async function* piecesOf(file: File) {
  const reader = file.stream().getReader();
  const read = () =>
    reader.read().catch((error: unknown) => {
      throw new UnreadableFile(error);
    });
  for (let next = await read(); !next.done; next = await read()) yield next.value;
}
