import { type DragEvent, type ReactNode, useState } from "react";
import { cx } from "@/ui/format/cx.ts";

type Props = { onDrop: (dropped: DataTransfer) => void; className: string; children: ReactNode };

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Files are let go over it; in it stand the buttons that do the same. */
export function DropArea({ onDrop, className, children }: Props) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys use the buttons in it.
    <div
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!carriesFiles(event)) return;
        event.preventDefault();
        onDrop(event.dataTransfer);
      }}
      className={cx(
        "flex items-center rounded-panel border border-dashed px-4 text-center transition-colors",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-inset",
        className,
      )}
    >
      {children}
    </div>
  );
}
