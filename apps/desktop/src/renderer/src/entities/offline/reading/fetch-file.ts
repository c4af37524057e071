/**
 * Brings a file's bytes to this device in pieces, each stored when it is there: a break costs a piece.
 * IndexedDB keeps a Blob as a file of its own, so that nothing of it is in memory but the piece that is on
 * its way, and the service worker gives out any part of it.
 */
import { addressOf, fileAddress, readFrom } from "@/entities/files/file-url.ts";
import { platform } from "@/platform/platform.ts";
import type { Connection } from "@/sync/server/connection.ts";
import { ask, inStores, readOne } from "../store/database.ts";
import { chunksOf } from "../store/put-rows.ts";
import type { Rows, StoredFile } from "../store/stored.ts";

const PIECE = 4 * 1024 * 1024;
/** Larger ones would be read into memory for it; the length and the server's mark of each piece must do. */
const MOST_HASHED = 64 * 1024 * 1024;

type FileRow = Rows["file"];
type Options = {
  client: Connection["onlyServer"];
  row: FileRow;
  signal: AbortSignal;
  onStored: (bytes: number) => void;
};

/** The bytes are not those that the server told of; they are fetched from the beginning next time. */
export class DamagedFile extends Error {}

export async function fetchFile(db: IDBDatabase, options: Options): Promise<void> {
  const { row, onStored } = options;
  const before = await readOne(db, "files", row.id);
  const isSame = before?.version === row.version && before.size === row.size;
  let file: StoredFile = isSame ? { ...before, name: row.name, type: row.type } : emptyFile(row);
  if (!isSame) await startOver(db, file);
  const address = await addressFor(options);
  while (file.stored < file.size) {
    const { bytes, etag } = await fetchPiece(addressOf(address, { version: row.version }), {
      ...{ from: file.stored, size: file.size, signal: options.signal },
    });
    if (bytes.size === 0 || (file.etag && etag && etag !== file.etag)) {
      await startOver(db, emptyFile(row));
      throw new DamagedFile(row.name);
    }
    file = { ...file, stored: file.stored + bytes.size, chunks: file.chunks + 1, etag };
    await inStores(db, ["files", "chunks"], ({ files, chunks }) => {
      chunks.put(bytes, [file.id, file.version, file.chunks - 1]);
      files.put(file);
    });
    onStored(bytes.size);
  }
  await finish(db, { ...file, thumbnail: await fetchThumbnail(address, options) }, row.sha256);
}

const emptyFile = ({ id, version, name, type, size }: FileRow): StoredFile => ({
  ...{ id, version, name, type, size, stored: 0, chunks: 0 },
  ...{ isComplete: false, etag: null, thumbnail: null },
});

const startOver = (db: IDBDatabase, file: StoredFile) =>
  inStores(db, ["files", "chunks"], ({ files, chunks }) => {
    chunks.delete(chunksOf(file.id));
    files.put(file);
  });

async function addressFor({ client, row }: Options): Promise<string> {
  if (platform.kind === "web") return fileAddress(row.id);
  const server = (await platform.getServerUrl()) ?? "";
  return `${server}${(await client.files.url.query({ id: row.id })).path}`;
}

type Piece = { from: number; size: number; signal: AbortSignal };

async function fetchPiece(address: string, { from, size, signal }: Piece) {
  const to = Math.min(from + PIECE, size) - 1;
  const isPart = to - from + 1 < size;
  const answer = await readFrom(address, {
    signal,
    cache: "no-store",
    ...(isPart && { headers: { range: `bytes=${from}-${to}` } }),
  });
  if (answer.status === 404 || answer.status === 403) throw new DamagedFile(address);
  if (!answer.ok) throw new Error(`The file was answered with ${answer.status}.`);
  const all = await answer.blob();
  // A store may answer a question for a part with all of it.
  const bytes = answer.status === 206 || !isPart ? all : all.slice(from, to + 1);
  return { bytes, etag: answer.headers.get("etag") };
}

async function fetchThumbnail(address: string, { row, signal }: Options): Promise<Blob | null> {
  if (row.preview !== "ready") return null;
  const answer = await readFrom(addressOf(address, { version: row.version, thumbnail: true }), {
    ...{ signal, cache: "no-store" },
  });
  return answer.ok ? await answer.blob() : null;
}

async function finish(db: IDBDatabase, file: StoredFile, sha256: string | null) {
  if (sha256 && file.size <= MOST_HASHED && (await sumOf(db, file)) !== sha256) {
    await startOver(db, { ...file, stored: 0, chunks: 0, isComplete: false, etag: null });
    throw new DamagedFile(file.name);
  }
  await inStores(db, ["files", "todo"], ({ files, todo }) => {
    files.put({ ...file, isComplete: true });
    todo.delete(["file", file.id]);
  });
}

async function sumOf(db: IDBDatabase, { id, type }: StoredFile): Promise<string> {
  const pieces = db.transaction("chunks").objectStore("chunks").getAll(chunksOf(id));
  const blob = new Blob(await ask<Blob[]>(pieces), { type });
  const sum = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
