import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useBoardParts } from "@/features/project-view/board/model/board-context.ts";
import { COLUMN_GAP } from "@/features/project-view/board/model/board-sizes.ts";
import { useColumnParts } from "@/features/project-view/board/model/column-context.ts";
import { readColumn } from "@/features/project-view/board/model/drag-data.ts";

type Edge = "left" | "right";

/** Where a column stands: takes another column that is dropped at one of its edges. */
export function ColumnSlot({ statusId, children }: { statusId: string; children: ReactNode }) {
  const { canEdit } = useBoardParts();
  const { statuses, moveColumn } = useColumnParts();
  const slot = useRef<HTMLDivElement>(null);
  const [edge, setEdge] = useState<Edge | null>(null);

  useEffect(() => {
    const element = slot.current;
    if (!element || !canEdit) return;
    const edgeAt = (clientX: number): Edge => {
      const { left, width } = element.getBoundingClientRect();
      return clientX < left + width / 2 ? "left" : "right";
    };
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const id = readColumn(source.data);
        return id !== null && id !== statusId;
      },
      onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientX)),
      onDragLeave: () => setEdge(null),
      onDrop: ({ source, location }) => {
        setEdge(null);
        const id = readColumn(source.data);
        if (!id) return;
        const others = statuses.filter((status) => status.id !== id);
        const at = others.findIndex((status) => status.id === statusId);
        moveColumn(id, at + (edgeAt(location.current.input.clientX) === "right" ? 1 : 0));
      },
    });
  }, [statusId, statuses, moveColumn, canEdit]);

  return (
    <div ref={slot} className="relative shrink-0">
      {children}
      {edge && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 w-0.5 rounded-full bg-accent"
          style={{ [edge]: -COLUMN_GAP / 2 - 1 }}
        />
      )}
    </div>
  );
}
