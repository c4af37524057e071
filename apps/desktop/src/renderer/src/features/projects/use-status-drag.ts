import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";

type Options = {
  row: RefObject<HTMLElement | null>;
  grip: RefObject<HTMLElement | null>;
  statusId: string;
  enabled: boolean;
  /** Another status was let go over this one. */
  onDropped: (id: string) => void;
};

/** Drags a status by its grip, onto the one that it is to stand before. */
export function useStatusDrag({ row, grip, statusId, enabled, onDropped }: Options) {
  const [state, setState] = useState<"idle" | "dragging" | "over">("idle");
  const dropped = useEffectEvent(onDropped);

  useEffect(() => {
    const element = row.current;
    const dragHandle = grip.current;
    if (!element || !dragHandle || !enabled) return;
    return combine(
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ statusId }),
        onDragStart: () => setState("dragging"),
        onDrop: () => setState("idle"),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) =>
          typeof source.data.statusId === "string" && source.data.statusId !== statusId,
        onDragEnter: () => setState("over"),
        onDragLeave: () => setState("idle"),
        onDrop: ({ source }) => {
          setState("idle");
          dropped(String(source.data.statusId));
        },
      }),
    );
  }, [row, grip, statusId, enabled]);

  return state;
}
