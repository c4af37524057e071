import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";

/** Floats over what is looked at. */
export function StageTools({ children }: { children: ReactNode }) {
  return (
    <div
      role="toolbar"
      aria-label="View"
      className="absolute bottom-4 left-1/2 flex -translate-x-1/2 items-center gap-0.5 rounded-panel border bg-raised p-1 text-12 tabular-nums shadow-popup"
    >
      {children}
    </div>
  );
}

type Zoom = { words: string; onZoom: (by: number) => void; onFit: () => void };

export function ZoomTools({ words, onZoom, onFit }: Zoom) {
  return (
    <>
      <IconButton
        label="Zoom out"
        keys="-"
        icon={<Minus size={14} />}
        onClick={() => onZoom(1 / ZOOM_STEP)}
      />
      <output aria-label="Zoom" className="w-11 text-center text-muted">
        {words}
      </output>
      <IconButton
        label="Zoom in"
        keys="+"
        icon={<Plus size={14} />}
        onClick={() => onZoom(ZOOM_STEP)}
      />
      <IconButton label="Fit" keys="0" icon={<Maximize size={14} />} onClick={onFit} />
    </>
  );
}

const ZOOM_STEP = 1.25;

/** The same by keys; true when this was one. */
export function zoomByKey(key: string, { onZoom, onFit }: Omit<Zoom, "words">): boolean {
  if (key === "+" || key === "=") onZoom(ZOOM_STEP);
  else if (key === "-") onZoom(1 / ZOOM_STEP);
  else if (key === "0") onFit();
  else return false;
  return true;
}
