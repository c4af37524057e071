/**
 * Files in the data folder, as `files/<last two digits of the key>/<key>`: the last ones, since the
 * first digits of a UUIDv7 are its time.
 *
 * An object that comes in parts is written in place, into one file: joining it copies nothing, and finds
 * parts that are not what they were when they came.
 *
 * An object is written beside its place and moved there when all of it is on the disk. What a killed
 * process left behind in `incoming` is seen by nobody, and bears the key by which it is forgotten.
 */
import { createHash, randomUUID } from "node:crypto";
import { constants, createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, opendir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { diskFull } from "../core/errors.ts";
import {
  DamagedParts,
  type FileStore,
  type Joined,
  type Part,
  TooLong,
} from "../core/file-store.ts";

const READ_BYTES = 256 * 1024;
/** Whatever is there stays, but where it is written over. */
const IN_PLACE = constants.O_RDWR | constants.O_CREAT;
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
      return told(error);
    }
  }

  const wholeOf = (key: string) => path.join(incoming, `${path.basename(placeOf(key))}.whole`);

  return {
    takesParts: false,
    put: (key, content, maxBytes) => write(key, placeOf(key), content, maxBytes),

    parts: {
      begin: async (key) => key,
      async put({ key, n, at }, content, maxBytes) {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        const measured = measure(maxBytes);
        // Not flushed: what a lost power takes is found when they are joined.
        const whole = await open(wholeOf(key), IN_PLACE, 0o600);
        const there = whole.createWriteStream({ start: at });
        await pipeline(content, measured.pass, there).catch(told);
        const { size, sha256 } = measured.result();
        return { n, size, tag: sha256, sha256 };
      },
      address: async () => null,
      list: async () => [],
      async join({ key }, parts) {
        const whole = wholeOf(key);
        const stored = await sumOfParts(whole, parts);
        await finishFile(whole, stored.size);
        await mkdir(path.dirname(placeOf(key)), { recursive: true, mode: 0o700 });
        await rename(whole, placeOf(key));
        await syncFolder(path.dirname(placeOf(key)));
        return stored;
      },
      drop: ({ key }) => rm(wholeOf(key), { force: true }),
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
        if (name.startsWith(`${key}.`)) await rm(path.join(incoming, name), { force: true });
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

/** Reads the whole once, and sees whether each part is still what came. */
async function sumOfParts(whole: string, parts: Part[]): Promise<Joined> {
  const sum = createHash("sha256");
  const file = await open(whole);
  const damaged: number[] = [];
  let at = 0;
  try {
    for (const { n, size, tag } of parts) {
      const part = createHash("sha256");
      for (let read = 0; read < size; ) {
        const length = Math.min(READ_BYTES, size - read);
        const { bytesRead, buffer } = await file.read(
          Buffer.allocUnsafe(length),
          0,
          length,
          at + read,
        );
        if (bytesRead === 0) break;
        const bytes = buffer.subarray(0, bytesRead);
        part.update(bytes);
        sum.update(bytes);
        read += bytesRead;
      }
      if (part.digest("hex") !== tag) damaged.push(n);
      at += size;
    }
  } finally {
    await file.close();
  }
  if (damaged.length > 0) throw new DamagedParts(damaged);
  return { size: at, sha256: sum.digest("hex") };
}

/** Without what a part that was too long may have left behind the last one, and surely on the disk. */
async function finishFile(file: string, size: number): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.truncate(size);
    await handle.sync();
  } finally {
    await handle.close();
  }
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

function told(error: unknown): never {
  throw codeOf(error) === "ENOSPC" ? diskFull(error) : error;
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : null);

function missing(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}
