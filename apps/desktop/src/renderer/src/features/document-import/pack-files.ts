/** A folder that was dropped or chosen, as the one zip that is sent. */
import { zipSync } from "fflate";

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

/** One document or zip goes as it is. Not compressed: it goes out once, and the server packs it. */
export async function packFiles(found: Found[]): Promise<File> {
  const [only] = found;
  if (found.length === 1 && only && !only.path.includes("/")) return only.file;
  const entries: Record<string, Uint8Array> = {};
  for (const { path, file } of found) entries[path] = new Uint8Array(await file.arrayBuffer());
  const bytes = zipSync(entries, { level: 0 });
  const top = only?.path.split("/")[0] ?? "Import";
  return new File([new Uint8Array(bytes)], `${found.length > 1 ? top : "Import"}.zip`);
}
