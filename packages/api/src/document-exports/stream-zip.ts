/** A zip as it is made: nothing of it is ever whole in memory, and the same content is the same bytes. */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

export type ZipEntry = {
  path: string;
  content: () => Promise<AsyncIterable<Uint8Array> | Uint8Array>;
};

/** The first day that a zip can name. Local time is what it keeps. */
const ALWAYS = new Date(1980, 0, 1);

/** What is packed already gains nothing by packing. */
const isPacked = (path: string) =>
  /\.(png|jpe?g|gif|webp|avif|heic|mp[34]|mov|webm|zip|gz|7z|docx|xlsx|pptx|pdf)$/i.test(path);

export async function* streamZip(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, bytes) => {
    if (error) failure = error;
    else if (bytes.length > 0) ready.push(bytes);
  });
  // Each piece by itself: `yield*` of an array cannot be told that its reader has left.
  for await (const { path, content } of entries) {
    const entry = isPacked(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    entry.mtime = ALWAYS;
    zip.add(entry);
    const bytes = await content();
    if (bytes instanceof Uint8Array) entry.push(bytes, true);
    else {
      for await (const part of bytes) {
        entry.push(new Uint8Array(part));
        for (const piece of ready.splice(0)) yield piece;
      }
      entry.push(new Uint8Array(0), true);
    }
    if (failure) throw failure;
    for (const piece of ready.splice(0)) yield piece;
  }
  zip.end();
  for (const piece of ready.splice(0)) yield piece;
}
