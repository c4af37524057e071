import { useCallback, useEffect, useMemo } from "react";
import { useMe, useValue } from "@/sync/use-room.ts";
import type { UploadTarget } from "./file-place.ts";
import { targetKey } from "./file-place.ts";
import { addUpload, resumeKeptUploads, type Upload, uploads } from "./upload-queue.ts";

/**
 * Sends a file to a place. The answer comes at once, with the id that the file will have:
 * `promise` is kept when the server has it; `useUploadState(id)` says how far it is meanwhile.
 */
export function useUpload() {
  const { id: userId } = useMe();
  return useCallback((file: File, place: UploadTarget) => addUpload(file, place, userId), [userId]);
}

/** Undefined when it is not under way, or no longer. */
export function useUploadState(id: string): Upload | undefined {
  return useValue(uploads).find((each) => each.id === id);
}

/** What is on its way to a place. */
export function useUploadsTo(place: UploadTarget): Upload[] {
  const all = useValue(uploads);
  const key = targetKey(place);
  return useMemo(() => all.filter((each) => targetKey(each.place) === key), [all, key]);
}

/** Once a page: what was under way when the last one was left goes on. */
export function useKeptUploads() {
  const { id: userId } = useMe();
  useEffect(() => {
    resumeKeptUploads(userId).catch(() => {});
  }, [userId]);
}
