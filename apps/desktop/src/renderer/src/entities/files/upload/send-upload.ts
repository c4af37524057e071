/** The bytes of one file: in one piece, or in parts when it is too long to begin again. */
import { sendInParts } from "@guildhall/api/client";
import { platform } from "@/platform/platform.ts";
import { errorReason } from "@/sync/format-error.ts";
import { type Connection, connect } from "@/sync/server/connection.ts";
import type { UploadTarget } from "./file-place.ts";
import { NotReached, sendToServer, sendToStore } from "./send-bytes.ts";
import { sha256 } from "./sha256.ts";

/** Of the person who sends, for as long as this page lives; its socket never opens. */
const connections = new Map<string, Connection>();

async function clientOf(userId: string) {
  const url = (await platform.getServerUrl()) ?? window.location.origin;
  const token = (await platform.tokens?.get()) ?? null;
  const key = `${userId} ${token}`;
  const connection = connections.get(key) ?? connect(url, token);
  connection.expectUser(userId);
  connections.set(key, connection);
  return connection.client;
}

/** What the server has of a file that was called off is let go. */
export async function abandonUpload(id: string, userId: string): Promise<void> {
  await (await clientOf(userId)).files.abandon.mutate({ id });
}

const IN_ONE_PIECE = 16 * 1024 * 1024;
/** Three questions for what one request brings would be slower. */
const BY_THE_SERVER = 256 * 1024;
/** Until the page is loaded again: the store takes nothing itself, or is not reached from here. */
let storeIsClosed = false;

export type Outgoing = {
  id: string;
  /** Or it is to be imported in this workspace, and becomes no file. */
  place: UploadTarget | { forImport: string };
  file: File;
  userId: string;
  signal: AbortSignal;
  /** Bytes of it that are out. */
  onProgress: (sentBytes: number) => void;
};

export async function sendUpload(upload: Outgoing): Promise<void> {
  const { id, place, file } = upload;
  if (file.size > IN_ONE_PIECE) return inParts(upload);
  const asksStore = file.size > BY_THE_SERVER && !storeIsClosed;
  if (asksStore && (await straightToStore(upload))) return;
  const query = new URLSearchParams({ ...place, name: file.name });
  await send(upload, `${id}?${query}`, file, upload.onProgress);
  // The server is reached, and the store was not.
  if (asksStore) storeIsClosed = true;
}

/** False when the store did not get it. */
async function straightToStore({ id, place, file, userId, signal, onProgress }: Outgoing) {
  const sum = await sha256(file);
  if (!sum) return false;
  const client = await clientOf(userId);
  const asked = { id, name: file.name, size: file.size, sha256: sum, ...place };
  const known = await finishing(client.files.address.mutate(asked, { signal }));
  if (known.file) return true;
  if (!known.address) return false;
  try {
    await sendToStore({ ...known.address, body: file, signal, onProgress });
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    // What the server noted of it would go by itself, some days later.
    abandonUpload(id, userId).catch(() => {});
    return false;
  }
  await finishing(client.files.finish.mutate({ id }, { signal }));
  return true;
}

async function inParts(upload: Outgoing) {
  const { id, place, file, signal, onProgress } = upload;
  const client = await clientOf(upload.userId);
  const { name, size } = file;
  /** Bytes that are out, by part. */
  const out = new Map<number, number>();
  const tell = () => onProgress([...out.values()].reduce((sum, bytes) => sum + bytes, 0));
  const note = (n: number, bytes: number) => {
    out.set(n, bytes);
    tell();
  };
  await sendInParts({
    body: file,
    begin: async () => {
      const begun = await finishing(
        client.files.begin.mutate({ id, name, size, ...place }, { signal }),
      );
      for (const n of begun.done) {
        out.set(n, Math.min(begun.partBytes, size - (n - 1) * begun.partBytes));
      }
      tell();
      return begun;
    },
    send: (n, part) => send(upload, `${id}/parts/${n}?`, part, (bytes) => note(n, bytes)),
    sendDirect: async (n, part) => {
      const sum = await sha256(part);
      const address =
        sum && (await client.files.partAddress.mutate({ id, n, sha256: sum }, { signal }));
      if (!address) throw new NotReached();
      await sendToStore({ ...address, body: part, signal, onProgress: (bytes) => note(n, bytes) });
    },
    finish: () => finishing(client.files.finish.mutate({ id }, { signal })),
  });
}

async function send(
  { userId, signal }: Outgoing,
  address: string,
  body: Blob,
  onProgress: (bytes: number) => void,
) {
  const sum = await sha256(body);
  const withSum = sum ? `${address}&sha256=${sum}` : address;
  await sendToServer({ address: withSum, body, userId, signal, onProgress });
}

/** The server puts a long file together while we ask: asked again, it has it. */
const finishing = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw errorReason(error) === "upload_finishing" ? new NotReached() : error;
  });
