import { useEffect, useRef, useState } from "react";
import {
  MAX_FILE_BYTES,
  type Sent,
  sendImportFile,
  tooLarge,
} from "@/entities/imports/send-import-file.ts";
import { useMe } from "@/sync/use-sync-client.ts";

export type Upload = {
  /** Of this page only. */
  key: number;
  file: File;
  sentBytes: number;
  /** Bytes a second, over the whole upload. */
  speed: number;
  state: "sending" | "done" | "failed";
  /** The server's, once it is there. */
  uploaded?: Sent;
  problem?: string;
};

let nextKey = 1;

/** The files of one import, on their way to the server. */
export function useUploads(workspaceId: string) {
  const userId = useMe().id;
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const controllers = useRef(new Map<number, AbortController>());

  useEffect(() => {
    const open = controllers.current;
    return () => {
      for (const controller of open.values()) controller.abort();
    };
  }, []);

  const change = (key: number, patch: Partial<Upload>) =>
    setUploads((list) => list.map((each) => (each.key === key ? { ...each, ...patch } : each)));

  async function start({ key, file }: Upload) {
    if (file.size > MAX_FILE_BYTES) return change(key, { state: "failed", problem: tooLarge });
    const controller = new AbortController();
    controllers.current.set(key, controller);
    const began = performance.now();
    try {
      const uploaded = await sendImportFile(file, {
        ...{ workspaceId, userId },
        signal: controller.signal,
        onProgress: (sentBytes) => {
          const seconds = (performance.now() - began) / 1_000;
          change(key, { sentBytes: Math.min(sentBytes, file.size), speed: sentBytes / seconds });
        },
      });
      change(key, { state: "done", uploaded });
    } catch (error) {
      if (controller.signal.aborted) return;
      const problem = error instanceof Error ? error.message : String(error);
      change(key, { state: "failed", problem });
    } finally {
      controllers.current.delete(key);
    }
  }

  function add(files: readonly File[]) {
    const made = files.map((file): Upload => {
      return { key: nextKey++, file, sentBytes: 0, speed: 0, state: "sending" };
    });
    setUploads((list) => [...list, ...made]);
    for (const upload of made) start(upload);
  }

  function retry(upload: Upload) {
    change(upload.key, { state: "sending", sentBytes: 0, speed: 0, problem: undefined });
    start(upload);
  }

  function remove(key: number) {
    controllers.current.get(key)?.abort();
    setUploads((list) => list.filter((each) => each.key !== key));
  }

  return { uploads, add, retry, remove, clear: () => setUploads([]) };
}
