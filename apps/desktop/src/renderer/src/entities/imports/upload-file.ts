/**
 * Sends one file to `imports.upload`.
 *
 * By XMLHttpRequest, because fetch tells nothing about how much has gone out: a person who sends
 * 60 MB over a slow line must see it move.
 */
import type { RouterOutputs } from "@guildhall/api/client";
import superjson, { type SuperJSONResult } from "superjson";
import { platform } from "@/platform/platform.ts";

export type UploadedFile = RouterOutputs["imports"]["upload"];

/** What the server takes; the same number as in its refusal. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

type Options = { onProgress: (sentBytes: number) => void; signal: AbortSignal };

type Answer = {
  result?: { data: SuperJSONResult };
  error?: SuperJSONResult;
};

/** Rejects with a sentence to show; with an AbortError when it was called off. */
export async function uploadFile(file: File, options: Options): Promise<UploadedFile> {
  const url = (await platform.getServerUrl()) ?? window.location.origin;
  const token = (await platform.tokens?.get()) ?? null;
  const form = new FormData();
  form.set("file", file);
  form.set("mutationId", crypto.randomUUID());

  const answer = await send(`${url}/trpc/imports.upload`, form, { ...options, token });
  if (answer.result) return superjson.deserialize(answer.result.data);
  if (!answer.error) throw new Error(unclear);
  const { message } = superjson.deserialize<{ message: string }>(answer.error);
  throw new Error(message);
}

const unclear = "The connection was lost during the upload. Nothing was imported. Try again.";

function send(url: string, form: FormData, options: Options & { token: string | null }) {
  const { onProgress, signal, token } = options;
  return new Promise<Answer>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => reject(new Error(unclear));
    request.onabort = () => reject(new DOMException("Cancelled", "AbortError"));
    request.onload = () => {
      try {
        resolve(JSON.parse(request.responseText) as Answer);
      } catch {
        // A proxy in front of the server answered with a page of its own.
        reject(new Error(request.status === 413 ? tooLarge : unclear));
      }
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

export const tooLarge =
  "The file is larger than 64 MB and wasn't uploaded. Export fewer tasks at a time, by date or by status, and import the parts one by one.";
