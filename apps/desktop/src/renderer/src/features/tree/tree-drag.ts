import {
  draggable,
  dropTargetForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useEffectEvent } from "react";
import type { TreeNode } from "@/entities/documents/menu/tree-nodes.ts";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import {
  isThere,
  mayGo,
  mayMove,
  placeOn,
  type Where,
  whereOn,
} from "@/entities/documents/menu/tree-places.ts";
import type { ShownTree } from "@/entities/documents/sync/use-tree.ts";

/** What is dragged, as the drag itself carries it. */
const documentKey = Symbol("document");
type Data = Record<string | symbol, unknown>;
export const readDocument = (data: Data) => {
  const id = data[documentKey];
  return typeof id === "string" ? id : null;
};

/** How long a closed place is hovered over before it opens. */
const OPENS_AFTER_MS = 600;

/** A line that can be dragged, and that takes what is dropped before, in or behind it. */
export function useTreeDrag(
  element: RefObject<HTMLElement | null>,
  { node, tree }: { node: TreeNode; tree: ShownTree },
) {
  const { dragged, dropAt, setOpen } = useTreeParts();
  const { move } = useTreeCommands();
  const { id } = node;

  const canDrag = useEffectEvent(() => node.kind === "document" && mayMove(tree, node.row));
  /** Where it would go; null where it may not, or where it stands. */
  const placeFor = useEffectEvent((draggedId: string | null, where: Where) => {
    const row = tree.rows.get(draggedId ?? "");
    if (!row) return null;
    const place = placeOn(tree, node, where);
    return mayGo(tree, row, place) && !isThere(tree, row, place) ? { row, place } : null;
  });
  const isClosed = useEffectEvent(() => node.isOpen === false);
  const where = useEffectEvent((y: number): Where => {
    const { top = 0, height = 1 } = element.current?.getBoundingClientRect() ?? {};
    return whereOn(node, height, y - top);
  });

  useEffect(() => {
    const line = element.current;
    if (!line) return;
    let opening: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(opening);
      opening = undefined;
      if (dropAt.get()?.id === id) dropAt.set(null);
    };
    const stopDragging = draggable({
      element: line,
      canDrag: () => canDrag(),
      getInitialData: () => ({ [documentKey]: id }),
      onDragStart: () => dragged.set(id),
      onDrop: () => dragged.set(null),
    });
    const stopTaking = dropTargetForElements({
      element: line,
      canDrop: ({ source }) => readDocument(source.data) !== null,
      onDrag({ source, location }) {
        const at = where(location.current.input.clientY);
        const isPossible = placeFor(readDocument(source.data), at) !== null;
        const now = dropAt.get();
        if (!isPossible) dropAt.set(null);
        else if (now?.id !== id || now.where !== at) dropAt.set({ id, where: at });
        if (at !== "inside") {
          clearTimeout(opening);
          opening = undefined;
        } else if (isClosed()) {
          opening ??= setTimeout(() => setOpen(id, true), OPENS_AFTER_MS);
        }
      },
      onDragLeave: leave,
      onDrop({ source, location }) {
        leave();
        const found = placeFor(readDocument(source.data), where(location.current.input.clientY));
        if (found) move(found.row, found.place);
      },
    });
    return () => {
      leave();
      stopDragging();
      stopTaking();
    };
  }, [element, id, dragged, dropAt, setOpen, move]);
}
