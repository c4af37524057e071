/**
 * Files in the data folder, as `files/<last two digits of the key>/<key>`: the last ones, since the
 * first digits of a UUIDv7 are its time.
 *
 * An object that comes in parts is written in place, into one file, each part surely on the disk when it
 * is acknowledged: joining it reads and copies nothing.
 *
 * An object is written beside its place and moved there when all of it is on the disk. What a killed
 * process left behind in `incoming` is seen by nobody, and bears the key by which it is forgotten.
 */
import { randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import {
  copyFile,
  type FileHandle,
  mkdir,
  open,
  opendir,
  readdir,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { diskFull } from "../../core/errors.ts";
import type { Content, FileStore, Stored } from "../../core/file-store.ts";
import { beginSum } from "../sums/sums.ts";
import { inBlocks } from "./blocks.ts";
import { giveBack, type SharedBlock, takeBlock } from "./shared-blocks.ts";

const READ_BYTES = 256 * 1024;
/** Blocks of an upload that are written and summed while the next one fills. */
const BLOCKS_AHEAD = 3;
/** Whatever is there stays, but where it is written over. */
const IN_PLACE = constants.O_RDWR | constants.O_CREAT;
/** The bound of the disk, or of the account that writes on it. */
const NO_ROOM = new Set<unknown>(["ENOSPC", "EDQUOT"]);
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createFolderStore(folder: string): FileStore {
  const incoming = path.join(folder, ".incoming");
  const placeOf = (key: string) => {
    if (!KEY.test(key)) throw new Error("A key of the store is a UUID.");
    return path.join(folder, key.slice(-2), key);
  };

  /** Also a name for each request that brings a part. */
  const begunOf = async (key: string) =>
    ((await readdir(incoming).catch(missing)) ?? []).filter((name) => name.startsWith(`${key}.`));

  async function dropBegun(key: string) {
    for (const name of await begunOf(key)) await rm(path.join(incoming, name), { force: true });
  }

  const wholeOf = (key: string) => path.join(incoming, `${path.basename(placeOf(key))}.whole`);

  return {
    takesParts: false,
    async put(key, content, maxBytes) {
      const unfinished = path.join(incoming, `${key}.${randomUUID()}`);
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        const file = await open(unfinished, "wx", 0o600);
        const stored = await writeAll(file, content, { maxBytes });
        await moveTo(placeOf(key), unfinished);
        return stored;
      } catch (error) {
        await rm(unfinished, { force: true });
        throw NO_ROOM.has(codeOf(error)) ? diskFull(folder, error) : error;
      }
    },

    parts: {
      begin: async (key) => key,
      async put({ key, n, at }, content, maxBytes) {
        const writing = path.join(incoming, `${path.basename(placeOf(key))}.${randomUUID()}`);
        try {
          await mkdir(incoming, { recursive: true, mode: 0o700 });
          await writeFile(writing, "");
          const whole = await open(wholeOf(key), IN_PLACE, 0o600);
          const { size, sha256 } = await writeAll(whole, content, { maxBytes, at });
          return { n, size, tag: sha256, sha256 };
        } catch (error) {
          throw NO_ROOM.has(codeOf(error)) ? diskFull(folder, error) : error;
        } finally {
          await rm(writing, { force: true });
        }
      },
      address: async () => null,
      list: async () => [],
      async join({ key }, parts) {
        const joined = path.join(incoming, `${key}.joined`);
        // Nobody opens it from here on. Whoever has it open still may go on writing into it.
        const isMoved = await stat(joined).catch(missing);
        if (!isMoved) await rename(wholeOf(key), joined);
        const size = parts.reduce((sum, part) => sum + part.size, 0);
        await truncate(joined, size);
        const isOpen = (await begunOf(key)).some((name) => name !== path.basename(joined));
        const own = path.join(incoming, `${key}.${randomUUID()}`);
        if (isOpen) await copyToDisk(joined, own);
        await moveTo(placeOf(key), isOpen ? own : joined);
        await dropBegun(key);
      },
      drop: ({ key }) => dropBegun(key),
    },

    putAddress: async () => null,
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
      await dropBegun(key);
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

/** Writes what comes, from `at` on, until it is surely on the disk; then closes the file. */
async function writeAll(
  file: FileHandle,
  content: Content,
  { maxBytes, at = 0 }: { maxBytes: number; at?: number },
): Promise<Stored> {
  const sum = beginSum();
  const underWay: Promise<void>[] = [];
  let size = 0;
  async function keep(block: SharedBlock, place: number) {
    await Promise.all([writeFully(file, block, place), sum.add(block)]);
    giveBack(block);
  }
  try {
    for await (const block of inBlocks(content, maxBytes, takeBlock)) {
      const kept = keep(block, at + size);
      kept.catch(() => {}); // Heard of below.
      size += block.length;
      underWay.push(kept);
      if (underWay.length > BLOCKS_AHEAD) await underWay.shift();
    }
    await Promise.all(underWay);
    const [sha256] = await Promise.all([sum.digest(), file.sync()]);
    return { size, sha256 };
  } catch (error) {
    sum.drop();
    throw error;
  } finally {
    await Promise.allSettled(underWay);
    await file.close();
  }
}

/** A system may take less at a time than it is given. */
async function writeFully(file: FileHandle, bytes: Uint8Array, place: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, place + done)).bytesWritten;
  }
}

async function copyToDisk(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, "r+");
  await file.sync().finally(() => file.close());
}

/** All of it is on the disk before; then so is its name. */
async function moveTo(place: string, written: string): Promise<void> {
  const folder = path.dirname(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(written, place);
  await syncFolder(folder);
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
