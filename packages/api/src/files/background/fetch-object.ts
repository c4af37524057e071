import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { invariant } from "../../core/errors.ts";
import type { FileStore } from "../../core/file-store.ts";

type Options = { toDisk: boolean; summed: boolean; signal: AbortSignal };

/** The bytes in a folder of their own, where a process may read them, and their sum. */
export async function fetchObject(
  store: FileStore,
  key: string,
  { toDisk, summed, signal }: Options,
) {
  if (!toDisk && !summed) return { path: null, sha256: null, remove: async () => {} };
  const folder = toDisk ? await mkdtemp(path.join(tmpdir(), "guildhall-reading-")) : null;
  const remove = async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  try {
    const hash = createHash("sha256");
    const file = folder ? path.join(folder, "file") : null;
    const content = invariant(await store.get(key), "bytes of which there is a row");
    await pipeline(
      content,
      async function* (bytes: AsyncIterable<Uint8Array>) {
        for await (const piece of bytes) {
          if (summed) hash.update(piece);
          yield piece;
        }
      },
      file ? createWriteStream(file, { mode: 0o600 }) : nowhere(),
      { signal },
    );
    return { path: file, sha256: summed ? hash.digest("hex") : null, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

const nowhere = () => new Writable({ write: (_bytes, _encoding, done) => done() });
