import { useCallback } from "react";
import { isPicture } from "./file-kind.ts";
import type { FilePlace } from "./upload/file-place.ts";
import { useUpload } from "./upload/use-upload.ts";

/** Sends files to a place, and says how a Markdown text shows them: with the ids that they will have. */
export function useTextFiles(place: FilePlace) {
  const upload = useUpload();
  const key = JSON.stringify(place);
  return useCallback(
    (files: readonly File[]): string =>
      files.map((file) => markdownOf(file, upload(file, JSON.parse(key)).id)).join("\n"),
    [upload, key],
  );
}

function markdownOf({ name, type }: File, id: string): string {
  const words = name.replace(/[\\[\]*_`<]/g, "\\$&");
  return `${isPicture(type) ? "!" : ""}[${words}](guildhall:file/${id})`;
}
