/**
 * Sends the bytes of one file, or a part of it: to the server, or straight to the store.
 *
 * By XMLHttpRequest, because fetch tells nothing about how much has gone out.
 */
import { TRPCClientError } from "@trpc/client";
import { platform } from "@/platform/platform.ts";

/** The connection broke, or the other side is not there: worth another try. */
export class NotReached extends Error {}

type Bytes = {
  body: Blob;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

export type ToServer = Bytes & {
  /** Below `/files/`, with its query. */
  address: string;
  /** Whose upload it is: one browser has one cookie, and two tabs may differ. */
  userId: string;
};

/** Rejects as a call of a procedure would, or with `NotReached`. */
export async function sendToServer({ address, userId, ...bytes }: ToServer): Promise<void> {
  const server = (await platform.getServerUrl()) ?? window.location.origin;
  const token = (await platform.tokens?.get()) ?? null;
  const { status, text } = await put(`${server}/files/${address}`, {
    ...bytes,
    withCookie: true,
    headers: {
      "x-guildhall-speaks-for": userId,
      "content-type": "application/octet-stream",
      ...(token && { authorization: `Bearer ${token}` }),
    },
  });
  if (status < 300 && parsed(text)) return;
  const error = parsed(text)?.error?.json;
  // A proxy's page of its own is no answer of the server.
  throw error ? TRPCClientError.from({ error }) : new NotReached();
}

/** At an address that the store takes it at. */
export async function sendToStore({
  url,
  ...bytes
}: Bytes & { url: string; headers: Record<string, string> }): Promise<void> {
  const { status } = await put(url, { ...bytes, withCookie: false });
  if (status >= 300) throw new NotReached();
}

function put(
  url: string,
  {
    body,
    signal,
    onProgress,
    headers,
    withCookie,
  }: Bytes & { headers: Record<string, string>; withCookie: boolean },
) {
  signal.throwIfAborted();
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.withCredentials = withCookie;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    // The body and no more: what a browser counts beside it is nobody's.
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, body.size));
    request.onerror = () => reject(new NotReached());
    request.onabort = () => reject(signal.reason);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

type ErrorShape = Extract<Parameters<typeof TRPCClientError.from>[0], { error: unknown }>["error"];

function parsed(text: string): { error?: { json?: ErrorShape } } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
