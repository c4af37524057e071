/**
 * Files in the data folder, as `files/<last two digits of the key>/<key>`: the last ones, since the
 * first digits of a UUIDv7 are its time.
 *
 * An object is written beside its place and moved there when all of it is on the disk. What a killed
 * process left behind in `incoming` is seen by nobody, and bears the key by which it is forgotten.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, opendir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { diskFull } from "../core/errors.ts";
import { type FileStore, type Part, TooLong } from "../core/file-store.ts";

const READ_BYTES = 256 * 1024;
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createFolderStore(folder: string): FileStore {
  const incoming = path.join(folder, ".incoming");
  const placeOf = (key: string) => {
    if (!KEY.test(key)) throw new Error("A key of the store is a UUID.");
    return path.join(folder, key.slice(-2), key);
  };

  /** All of the content at `place`, or nothing. */
  async function write(
    key: string,
    place: string,
    content: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ) {
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const unfinished = path.join(incoming, `${key}.${randomUUID()}`);
    try {
      const measured = measure(maxBytes);
      const file = createWriteStream(unfinished, { mode: 0o600, flush: true });
      await pipeline(content, measured.pass, file);
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      await rename(unfinished, place);
      await syncFolder(path.dirname(place));
      return measured.result();
    } catch (error) {
      await rm(unfinished, { force: true });
      throw codeOf(error) === "ENOSPC" ? diskFull(error) : error;
    }
  }

  const partsOf = (key: string) => path.join(incoming, path.basename(placeOf(key)));
  const partOf = (key: string, n: number) => path.join(partsOf(key), String(n));

  async function* piecesOf(key: string, parts: Part[]) {
    for (const { n } of parts)
      yield* createReadStream(partOf(key, n), { highWaterMark: READ_BYTES });
  }

  return {
    takesParts: false,
    put: (key, content, maxBytes) => write(key, placeOf(key), content, maxBytes),

    parts: {
      begin: async (key) => key,
      async put({ key, n }, content, maxBytes) {
        const { size, sha256 } = await write(key, partOf(key, n), content, maxBytes);
        return { n, size, tag: sha256 };
      },
      address: async () => null,
      async list({ key }) {
        const names = (await readdir(partsOf(key)).catch(missing)) ?? [];
        const parts = names.map(async (name) => {
          const { size } = await stat(path.join(partsOf(key), name));
          return { n: Number(name), size, tag: "" };
        });
        return (await Promise.all(parts)).sort((a, b) => a.n - b.n);
      },
      async join({ key }, parts) {
        const stored = await write(
          key,
          placeOf(key),
          piecesOf(key, parts),
          Number.POSITIVE_INFINITY,
        );
        await rm(partsOf(key), { recursive: true, force: true });
        return stored;
      },
      drop: ({ key }) => rm(partsOf(key), { recursive: true, force: true }),
    },

    address: async () => null,

    async get(key, range) {
      const file = await open(placeOf(key)).catch(missing);
      if (!file) return null;
      return createReadStream("", { fd: file, ...range, highWaterMark: READ_BYTES });
    },

    async stat(key) {
      const found = await stat(placeOf(key)).catch(missing);
      return found && { size: found.size };
    },

    delete: (key) => rm(placeOf(key), { force: true }),

    async forget(key) {
      await rm(placeOf(key), { force: true });
      for (const name of (await readdir(incoming).catch(missing)) ?? []) {
        // Parts have a folder with the key's own name.
        if (name !== key && !name.startsWith(`${key}.`)) continue;
        await rm(path.join(incoming, name), { recursive: true, force: true });
      }
    },

    async *list() {
      const root = await opendir(folder, { recursive: true }).catch(missing);
      if (!root) return;
      for await (const entry of root) {
        if (!entry.isFile() || !KEY.test(entry.name)) continue;
        if (entry.parentPath.startsWith(incoming)) continue;
        const found = await stat(path.join(entry.parentPath, entry.name)).catch(missing);
        if (found) yield { key: entry.name, size: found.size, at: found.mtime };
      }
    },
  };
}

/** Counts and sums what passes; past the bound it fails. */
export function measure(maxBytes: number) {
  const hash = createHash("sha256");
  let size = 0;
  return {
    async *pass(content: AsyncIterable<Uint8Array>) {
      for await (const bytes of content) {
        size += bytes.length;
        if (size > maxBytes) throw new TooLong(maxBytes);
        hash.update(bytes);
        yield bytes;
      }
    },
    result: () => ({ size, sha256: hash.digest("hex") }),
  };
}

/** A name is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and keeps names by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : null);

function missing(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}
