/** Sends a part straight to the store, at an address that it takes it at. */
import { NotReached } from "./send-file.ts";

type Part = {
  url: string;
  headers: Record<string, string>;
  body: Blob;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

export async function sendToStore({ url, headers, body, signal, onProgress }: Part): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, body.size));
    request.onerror = () => reject(new NotReached());
    request.onabort = () => reject(signal.reason);
    request.onload = () => (request.status < 300 ? resolve() : reject(new NotReached()));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}
