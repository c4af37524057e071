import { shownName } from "@guildhall/api/client";
import { type PointerEvent, useRef, useState } from "react";
import { isPicture } from "@/entities/files/file-kind.ts";
import { addressOf } from "@/entities/files/file-url.ts";
import type { ContentProps } from "./content-props.ts";
import { NoPreview } from "./no-preview.tsx";
import { StageTools, ZoomTools } from "./stage-tools.tsx";
import { useZoomKeys } from "./use-zoom-keys.ts";

const [LEAST, MOST] = [0.05, 8];

/** As large as its place, or larger and moved about. What no browser draws is shown by its small picture. */
export function ImageContent({ file, address }: ContentProps) {
  const stage = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  /** Against the picture's own size; null: as large as there is room for. */
  const [zoom, setZoom] = useState<number | null>(null);
  const [fit, setFit] = useState(1);
  const [isBroken, setBroken] = useState(false);
  const isDrawn = isPicture(file.type);
  const scale = zoom ?? fit;

  const measure = () => {
    const { clientWidth = 0, naturalWidth = 0 } = image.current ?? {};
    if (naturalWidth > 0) setFit(clientWidth / naturalWidth);
  };
  const zoomCommands = {
    onZoom: (by: number) => setZoom(Math.min(MOST, Math.max(LEAST, scale * by))),
    onFit: () => setZoom(null),
  };
  useZoomKeys(zoomCommands);

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (!stage.current || event.buttons !== 1 || event.pointerType === "touch") return;
    stage.current.scrollBy(-event.movementX, -event.movementY);
  }

  if (isBroken) {
    return (
      <NoPreview file={file}>
        This image can't be shown: it may be damaged, or in a format your browser doesn't support.
      </NoPreview>
    );
  }
  const natural = image.current?.naturalWidth ?? 0;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys have the tools below. */}
      <div
        ref={stage}
        tabIndex={zoom === null ? -1 : 0}
        data-uses-arrows={zoom === null ? undefined : true}
        className={`flex min-w-0 flex-1 overflow-auto ${zoom === null ? "px-5 pt-5 pb-16" : "cursor-grab p-0 active:cursor-grabbing"}`}
        onPointerMove={zoom === null ? undefined : drag}
        onDoubleClick={() => setZoom(zoom === null ? 1 : null)}
        onWheel={({ ctrlKey, deltaY }) =>
          ctrlKey && zoomCommands.onZoom(deltaY < 0 ? 1.1 : 1 / 1.1)
        }
      >
        <img
          ref={image}
          src={isDrawn ? address : addressOf(address, { thumbnail: true })}
          alt={shownName(file.name)}
          draggable={false}
          onLoad={measure}
          onError={() => setBroken(true)}
          className={
            zoom === null
              ? "checkered m-auto max-h-full max-w-full object-contain"
              : "checkered m-auto max-w-none shrink-0"
          }
          style={zoom === null ? undefined : { width: natural * zoom }}
        />
      </div>
      {isDrawn ? (
        <StageTools>
          <ZoomTools {...zoomCommands} words={`${Math.round(scale * 100)} %`} />
        </StageTools>
      ) : (
        <StageTools>
          <p className="px-2 text-muted">
            This is a small preview. Download the file to see the original.
          </p>
        </StageTools>
      )}
    </>
  );
}
