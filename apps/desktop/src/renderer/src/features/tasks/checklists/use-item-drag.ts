import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { ChecklistView, ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import { useChecklistsParts } from "./checklists-context.ts";

const itemKey = Symbol("checklist item");
type Data = Record<string | symbol, unknown>;
const readItem = (data: Data) => {
  const id = data[itemKey];
  return typeof id === "string" ? id : null;
};

type Refs = Record<"row" | "grip", RefObject<HTMLElement | null>>;
type Options = { item: ItemView; list: ChecklistView; enabled: boolean };

/** Drags an item by its grip, above or below another one, of any checklist of the task. */
export function useItemDrag({ row, grip }: Refs, { item, list, enabled }: Options) {
  const [state, setState] = useState<"idle" | "dragging" | "above" | "below">("idle");
  const drop = useDrop();
  const { id } = item;

  const dropped = useEffectEvent((draggedId: string, isBelow: boolean) => {
    const others = list.items.filter((each) => each.id !== draggedId);
    const to = others.findIndex((each) => each.id === id) + (isBelow ? 1 : 0);
    drop(draggedId, list, { after: others[to - 1], before: others[to] });
  });

  useEffect(() => {
    const [element, dragHandle] = [row.current, grip.current];
    if (!element || !dragHandle || !enabled) return;
    const isBelow = (y: number) => {
      const { top, height } = element.getBoundingClientRect();
      return y > top + height / 2;
    };
    return combine(
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ [itemKey]: id }),
        onDragStart: () => setState("dragging"),
        onDrop: () => setState("idle"),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => ![null, id].includes(readItem(source.data)),
        onDrag: ({ location }) =>
          setState(isBelow(location.current.input.clientY) ? "below" : "above"),
        onDragLeave: () => setState("idle"),
        onDrop({ source, location }) {
          setState("idle");
          dropped(readItem(source.data) ?? "", isBelow(location.current.input.clientY));
        },
      }),
    );
  }, [row, grip, id, enabled]);

  return { state };
}

/** The end of a checklist, which may be empty, takes items too. */
export function useListDrop(end: RefObject<HTMLElement | null>, list: ChecklistView) {
  const [isOver, setOver] = useState(false);
  const drop = useDrop();
  const { readOnly } = useChecklistsParts();
  const dropped = useEffectEvent((draggedId: string) =>
    drop(draggedId, list, { after: list.items.findLast(({ id }) => id !== draggedId) }),
  );
  useEffect(() => {
    const element = end.current;
    if (!element || readOnly) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => readItem(source.data) !== null,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop({ source }) {
        setOver(false);
        dropped(readItem(source.data) ?? "");
      },
    });
  }, [end, readOnly]);
  return isOver;
}

function useDrop() {
  const { checklists, move } = useChecklistsParts();
  return (id: string, list: ChecklistView, between: Parameters<typeof move>[2]) => {
    const item = checklists.flatMap(({ items }) => items).find((each) => each.id === id);
    if (item) move(item, list, between);
  };
}
