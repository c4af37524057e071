import { type DragEvent, useRef } from "react";
import { platform } from "@/platform/platform.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import type { FileRow } from "./file.ts";
import { useFileAddress } from "./file-url.ts";

/**
 * A file is dragged out of the desktop app, into a folder or a mail. The system takes it from the disk: it is
 * fetched when it is pressed, and dragged once it is there, as long as the button is held down.
 */
export function useDragOut(file: FileRow) {
  const address = useFileAddress(file.id);
  const fetched = useRef<{ version: number; token: Promise<string> } | null>(null);
  const { desktop } = platform;
  if (!desktop || !address) return {};

  function prepare() {
    if (!desktop || !address) return;
    if (fetched.current?.version === file.version) return;
    const token = desktop.prepareDrag({ url: address, name: file.name });
    fetched.current = { version: file.version, token };
    token.catch(() => {
      fetched.current = null;
    });
  }
  return {
    draggable: true,
    onPointerDown: prepare,
    onDragStart(event: DragEvent) {
      event.preventDefault();
      prepare();
      fetched.current?.token
        .then((token) => desktop.startDrag(token))
        .catch(reportFailure("Couldn't drag the file"));
    },
  };
}
