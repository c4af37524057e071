/** For tests and measurements: uploads as a page or a tool makes them. */
import { createHash, randomUUID } from "node:crypto";
import { type RouterOutputs, sendInParts } from "@guildhall/api/client";

type FileRow = RouterOutputs["files"]["get"];
type Place =
  | { taskId: string }
  | { projectId: string }
  | { documentId: string }
  | { replaces: string }
  | { forImport: string };
/** More of it when it became a file. */
type Row = Pick<FileRow, "id" | "name" | "size"> & Partial<FileRow>;

/** The procedures that an upload in parts calls, by whatever client. */
export type UploadCalls = {
  begin(input: Place & { id: string; name: string; size: number }): Promise<{
    partBytes: number;
    done: number[];
    direct: boolean;
    file: Row | null;
  }>;
  partAddress(input: { id: string; n: number; sha256: string }): Promise<{
    url: string;
    headers: Record<string, string>;
  } | null>;
  address(input: Place & { id: string; name: string; size: number; sha256: string }): Promise<{
    address: { url: string; headers: Record<string, string> } | null;
    file: Row | null;
  }>;
  finish(input: { id: string }): Promise<Row>;
};

export type Uploading = {
  /** Where the server is reached. */
  url: string;
  token: string;
  calls: UploadCalls;
  place: Place;
  name: string;
  body: Blob;
  id?: string;
  /** Told before each part that goes out. */
  onPart?: (n: number, how: "server" | "direct") => void;
};

export const sumOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export async function put(address: string, headers: Record<string, string>, body: Blob) {
  const answer = await fetch(address, { method: "PUT", headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return text;
}

export async function uploadInOne({ url, token, place, name, body, id = randomUUID() }: Uploading) {
  const address = `${url}/files/${id}?${new URLSearchParams({ ...place, name })}`;
  return JSON.parse(await put(address, { authorization: `Bearer ${token}` }, body)) as Row;
}

/** Straight to the store; called again with the same id it answers what it made. */
export async function uploadWhole(upload: Uploading): Promise<Row> {
  const { calls, place, name, body, id = randomUUID() } = upload;
  const sha256 = sumOf(new Uint8Array(await body.arrayBuffer()));
  const { file, address } = await calls.address({ id, name, size: body.size, sha256, ...place });
  if (file) return file;
  if (!address) throw new Error("The store has no address for it.");
  await put(address.url, address.headers, body);
  return calls.finish({ id });
}

/** Called again with the same id it goes on. */
export function uploadInParts(upload: Uploading): Promise<Row> {
  const { url, token, calls, place, name, body, id = randomUUID(), onPart } = upload;
  return sendInParts<Row>({
    body,
    begin: () => calls.begin({ id, name, size: body.size, ...place }),
    send: (n, part) => {
      onPart?.(n, "server");
      return put(`${url}/files/${id}/parts/${n}`, { authorization: `Bearer ${token}` }, part);
    },
    sendDirect: async (n, part) => {
      onPart?.(n, "direct");
      const sha256 = sumOf(new Uint8Array(await part.arrayBuffer()));
      const address = await calls.partAddress({ id, n, sha256 });
      if (!address) throw new Error("The store has no address for it.");
      await put(address.url, address.headers, part);
    },
    finish: () => calls.finish({ id }),
  });
}
