import { Maximize2, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";

const narrowest = 360;
const widest = 760;

type Props = {
  label: string;
  width: number;
  onWidthChange: (width: number) => void;
  onClose: () => void;
  /** Opens the same thing as a whole page. */
  onOpenWhole?: () => void;
  /** At the left of the panel's bar: the task's key. */
  heading?: ReactNode;
  commands?: ReactNode;
  children: ReactNode;
};

/** What one looks at beside the board. Its left edge drags, or moves with the arrow keys. */
export function PeekPanel({
  label,
  width,
  onWidthChange,
  onClose,
  onOpenWhole,
  heading,
  commands,
  children,
}: Props) {
  const panel = useRef<HTMLElement>(null);

  function drag(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !panel.current) return;
    onWidthChange(bounded(panel.current.getBoundingClientRect().right - event.clientX));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    onWidthChange(bounded(width + (event.key === "ArrowLeft" ? 24 : -24)));
  }

  return (
    <aside
      ref={panel}
      aria-label={label}
      className="relative flex shrink-0 flex-col border-l bg-surface max-md:fixed max-md:inset-0 max-md:z-10 max-md:w-full!"
      style={{ width: `min(${width}px, 52%)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator is no thematic break. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label="Panel width"
        aria-valuenow={width}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none transition-colors after:absolute after:inset-y-0 after:left-[3px] after:w-0.5 hover:after:bg-line-strong active:after:bg-accent max-md:hidden"
      />
      <div className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
        <div className="min-w-0 flex-1 truncate text-muted">{heading}</div>
        {commands}
        {onOpenWhole && (
          <IconButton
            label="Open as a page"
            keys="enter"
            icon={<Maximize2 size={14} />}
            onClick={onOpenWhole}
          />
        )}
        <IconButton label="Close" keys="escape" icon={<X size={16} />} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}

function bounded(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)));
}
