import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useEffect } from "react";

/** How near to an edge it begins, and the pixels of one frame at the very edge. */
const REACH = 56;
const FASTEST = 18;

/** Pixels to scroll in this frame: the nearer to the edge, the more. Negative: back. */
function edgeSpeed(at: number, from: number, to: number): number {
  const reach = Math.min(REACH, (to - from) / 3);
  if (at < from + reach) return -Math.ceil(FASTEST * Math.min(1, (from + reach - at) / reach));
  if (at > to - reach) return Math.ceil(FASTEST * Math.min(1, (at - to + reach) / reach));
  return 0;
}

/** While something is dragged near an edge of what scrolls, it scrolls, without moving the hand. */
export function useEdgeScroll() {
  useEffect(() => {
    let pointer: { x: number; y: number } | null = null;
    let frame = 0;
    function step() {
      if (!pointer) return;
      scrollUnder(pointer);
      frame = requestAnimationFrame(step);
    }
    const stopWatching = monitorForElements({
      onDragStart: ({ location }) => {
        const { clientX, clientY } = location.current.input;
        pointer = { x: clientX, y: clientY };
        frame = requestAnimationFrame(step);
      },
      onDrag: ({ location }) => {
        const { clientX, clientY } = location.current.input;
        pointer = { x: clientX, y: clientY };
      },
      onDrop: () => {
        pointer = null;
        cancelAnimationFrame(frame);
      },
    });
    return () => {
      stopWatching();
      cancelAnimationFrame(frame);
    };
  }, []);
}

/** Each thing that scrolls says along which axes by `data-edge-scroll="x"`, "y" or "xy". */
function scrollUnder({ x, y }: { x: number; y: number }) {
  let element = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-edge-scroll]");
  while (element) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const axes = element.dataset.edgeScroll ?? "";
    if (axes.includes("x")) element.scrollLeft += edgeSpeed(x, left, right);
    if (axes.includes("y")) element.scrollTop += edgeSpeed(y, top, bottom);
    element = element.parentElement?.closest<HTMLElement>("[data-edge-scroll]");
  }
}
