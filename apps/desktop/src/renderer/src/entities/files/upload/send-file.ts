/**
 * Sends the bytes of one file, or a part of it.
 *
 * By XMLHttpRequest, because fetch tells nothing about how much has gone out.
 */
import { platform } from "@/platform/platform.ts";

/** The connection broke, or the server is not there: worth another try. */
export class NotReached extends Error {}

export type Sending = {
  /** Below `/files/`, with its query. */
  address: string;
  body: Blob;
  /** Whose upload it is: one browser has one cookie, and two tabs may differ. */
  userId: string;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

/** What the server answered; rejects with its sentence, or with `NotReached`. */
export async function sendBytes<T>(sending: Sending): Promise<T> {
  const server = (await platform.getServerUrl()) ?? window.location.origin;
  const token = (await platform.tokens?.get()) ?? null;
  const { signal, onProgress } = sending;
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `${server}/files/${sending.address}`);
    request.withCredentials = true;
    request.setRequestHeader("x-guildhall-speaks-for", sending.userId);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => reject(new NotReached());
    request.onabort = () => reject(signal.reason);
    request.onload = () => {
      const answer = readAnswer(request.responseText);
      if (request.status < 300 && answer) return resolve(answer as T);
      const told = answer?.error?.json?.message;
      // A proxy's page of its own is no answer of the server.
      if (!told || request.status >= 500) return reject(new NotReached());
      reject(new Error(told));
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(sending.body);
  });
}

type Answer = { error?: { json?: { message?: string } } };

function readAnswer(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}
