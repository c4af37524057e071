import { useMemo } from "react";
import { useObservable } from "@/lib/observable.ts";
import type { UploadTarget } from "./file-place.ts";
import { targetKey } from "./file-place.ts";
import { addUpload, type Upload, uploads } from "./upload-queue.ts";

/**
 * Sends a file to a place. The answer comes at once, with the id that the file will have;
 * `useUploadState(id)` says how far it is meanwhile.
 */
export const useUpload = () => addUpload;

/** Undefined when it is not under way, or no longer. */
export function useUploadState(id: string): Upload | undefined {
  return useObservable(uploads).find((each) => each.id === id);
}

/** What is on its way to a place. */
export function useUploadsTo(place: UploadTarget): Upload[] {
  const all = useObservable(uploads);
  const key = targetKey(place);
  return useMemo(() => all.filter((each) => targetKey(each.place) === key), [all, key]);
}
