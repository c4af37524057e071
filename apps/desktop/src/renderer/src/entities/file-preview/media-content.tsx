import { shownName } from "@guildhall/api/client";
import { useState } from "react";
import { kindOf } from "@/entities/files/file-kind.ts";
import { FilePicture } from "@/entities/files/file-picture.tsx";
import type { ContentProps } from "./content-props.ts";
import { NoPreview } from "./no-preview.tsx";

/** Played by the browser, which fetches what it needs of it: one may go to any moment at once. */
export function MediaContent({ file, address }: ContentProps) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) {
    return (
      <NoPreview file={file}>
        This file can't be played: it may be damaged, or in a format your browser doesn't support.
      </NoPreview>
    );
  }
  const media = {
    src: address,
    controls: true,
    preload: "metadata",
    "aria-label": shownName(file.name),
    "data-uses-arrows": true,
    onError: () => setBroken(true),
  };
  if (kindOf(file.type) === "video") {
    return (
      <div className="flex min-w-0 flex-1 bg-black px-14">
        <video {...media} className="m-auto max-h-full max-w-full" />
      </div>
    );
  }
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-6 px-16">
      <span className="size-20 overflow-hidden rounded-panel border">
        <FilePicture file={file} iconSize={32} />
      </span>
      <audio {...media} className="w-full max-w-120" />
    </div>
  );
}
