/**
 * Lets a card that somebody moved slide to its new place instead of jumping there.
 *
 * The old place must be read before the new one is drawn: React has one moment for that,
 * getSnapshotBeforeUpdate, and only a class has it. Within its column a card is moved itself;
 * into another column a copy flies over the board, because each column cuts off what leaves it.
 */
import { Component, type ReactNode, type RefObject } from "react";
import type { Observable } from "@/lib/observable.ts";
import type { BoardModel } from "./model/board-model.ts";

const MS = 160;
const EASING = "cubic-bezier(0.2, 0, 0, 1)";
/** More than that is another view, not a move: a filter, an import, the first rows. */
const MOST = 24;

type Props = {
  model: BoardModel;
  scroller: RefObject<HTMLElement | null>;
  /** What the hand has just put down does not slide from where it was picked up. */
  dragged: Observable<string | null>;
  children: ReactNode;
};

type Places = Map<string, { rect: DOMRect; column: Element | null }>;

export class FlipAnimation extends Component<Props> {
  override getSnapshotBeforeUpdate(before: Props): Places | null {
    if (before.model === this.props.model || prefersStillness()) return null;
    return placesIn(this.props.scroller.current);
  }

  override componentDidUpdate(_props: Props, _state: unknown, old: Places | null) {
    if (!old) return;
    const now = placesIn(this.props.scroller.current);
    const moved = [...now].filter(([id, { rect }]) => isElsewhere(old.get(id)?.rect, rect));
    if (moved.length > MOST) return;
    for (const [id, { rect, column }] of moved) {
      const from = old.get(id);
      const card = document.querySelector<HTMLElement>(`[data-task-id="${CSS.escape(id)}"]`);
      if (!from || !card || id === this.props.dragged.get()) continue;
      if (from.column === column) slide(card, from.rect, rect);
      else fly(card, from.rect, rect);
    }
  }

  override render() {
    return this.props.children;
  }
}

const prefersStillness = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function placesIn(scroller: HTMLElement | null): Places {
  const places: Places = new Map();
  for (const card of scroller?.querySelectorAll<HTMLElement>("[data-task-id]") ?? []) {
    const column = card.closest('[role="list"]');
    const { taskId } = card.dataset;
    if (taskId) places.set(taskId, { rect: card.getBoundingClientRect(), column });
  }
  return places;
}

const isElsewhere = (old: DOMRect | undefined, { left, top }: DOMRect) =>
  old !== undefined && (Math.abs(old.left - left) > 1 || Math.abs(old.top - top) > 1);

const offset = (from: DOMRect, to: DOMRect) => `${from.left - to.left}px ${from.top - to.top}px`;

function slide(card: HTMLElement, from: DOMRect, to: DOMRect) {
  const frames = [{ translate: offset(from, to) }, { translate: "0 0" }];
  card.animate(frames, { duration: MS, easing: EASING });
}

function fly(card: HTMLElement, from: DOMRect, to: DOMRect) {
  const copy = card.cloneNode(true) as HTMLElement;
  copy.removeAttribute("data-task-id");
  copy.inert = true;
  const { left, top, width } = to;
  const place = { position: "fixed", left: `${left}px`, top: `${top}px`, width: `${width}px` };
  Object.assign(copy.style, place, { zIndex: "20", pointerEvents: "none" });
  document.body.append(copy);
  // Not hidden: it may have the focus.
  card.style.opacity = "0";
  const frames = [{ translate: offset(from, to) }, { translate: "0 0" }];
  copy.animate(frames, { duration: MS, easing: EASING }).finished.finally(() => {
    copy.remove();
    card.style.opacity = "";
  });
}
