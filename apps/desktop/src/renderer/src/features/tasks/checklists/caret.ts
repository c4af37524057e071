/** Where the caret goes: at once, or when what it goes into is drawn. */
import { type RefObject, useLayoutEffect } from "react";

/** Into an item's text or box, or where the next one is written: behind an item, at the end of a checklist. */
type Place = { at: "text" | "box" | "new"; id: string };

export type Caret = ReturnType<typeof createCaret>;

export function createCaret(root: RefObject<HTMLElement | null>) {
  let wanted: Place | null = null;

  function settle() {
    const name = wanted && `${wanted.at} ${wanted.id}`;
    const found = name && root.current?.querySelector<HTMLElement>(`[data-caret="${name}"]`);
    if (!found) return;
    wanted = null;
    const field = found.querySelector<HTMLElement>('[role="checkbox"]') ?? found;
    field.focus();
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
      field.setSelectionRange(field.value.length, field.value.length);
    }
  }

  return {
    settle,
    go(place: Place) {
      wanted = place;
      settle();
    },
  };
}

/** For what the caret may be waiting for. */
export const useSettledCaret = ({ settle }: Caret) => useLayoutEffect(settle);
