import { platform } from "@/platform/platform.ts";

export type Received = { bytes: number; about: number; speed: number };

type How = { signal?: AbortSignal; onProgress?: (received: Received) => void };

/**
 * What the server makes into a file while it is sent, with the name that it gives it; rejects with a
 * sentence for people. `path` begins at the server.
 */
export async function fetchFile(path: string, { signal, onProgress }: How = {}) {
  const server = (await platform.getServerUrl()) ?? window.location.origin;
  const token = (await platform.tokens?.get()) ?? null;
  const answer = await fetch(`${server}${path}`, {
    credentials: "include",
    ...(signal && { signal }),
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  if (!answer.ok || !answer.body) throw new Error(await whyNot(answer));
  const about = Number(answer.headers.get("x-guildhall-about") ?? 0);
  const began = performance.now();
  const parts: BlobPart[] = [];
  let bytes = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value as Uint8Array<ArrayBuffer>);
    bytes += value.length;
    const seconds = Math.max(0.1, (performance.now() - began) / 1_000);
    onProgress?.({ bytes, about, speed: bytes / seconds });
  }
  const blob = new Blob(parts, { type: answer.headers.get("content-type") ?? "" });
  return { blob, name: nameOf(answer) };
}

function nameOf(answer: Response): string | null {
  const given = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") ?? "");
  return given?.[1] ? decodeURIComponent(given[1]) : null;
}

async function whyNot(answer: Response): Promise<string> {
  const refusal = (await answer.json().catch(() => null)) as {
    error?: { json?: { message?: string } };
  } | null;
  return (
    refusal?.error?.json?.message ?? "The server didn't respond, so no file was saved. Try again."
  );
}

export function saveBlob(blob: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
