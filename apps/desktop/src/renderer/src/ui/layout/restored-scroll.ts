/**
 * Where each part of a screen was scrolled to, for each place in history.
 *
 * A board has a scroll for each column, and a column is drawn anew when one comes back: the browser's
 * own memory, one number for the whole page, knows nothing of it. So when a place is left, every
 * scroller on the screen is noted under the key that the router gave the place; when one is drawn and
 * its place has a note, it goes there, and follows its content for as long as that still grows.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

type Spot = { top: number; left: number };

const STORED = "guildhall-scroll";
/** The places of an hour of work; the oldest go. */
const RESTORED_PLACES = 100;

const shown = new Map<string, HTMLElement>();
const places: Map<string, Record<string, Spot>> = readPlaces();

/** Called when a place of history is left, with the key that it has there. */
export function noteScroll(place: string | undefined) {
  if (!place) return;
  const spots = [...shown].map(([name, { scrollTop: top, scrollLeft: left }]) => [
    name,
    { top, left },
  ]);
  places.delete(place);
  places.set(place, Object.fromEntries(spots));
  for (const oldest of places.keys()) {
    if (places.size <= RESTORED_PLACES) break;
    places.delete(oldest);
  }
}

/** A reload, and the way back after it, find everything where it was. */
export function keepScrollOnReload(): () => void {
  const keep = () => {
    noteScroll(placeNow());
    sessionStorage.setItem(STORED, JSON.stringify([...places]));
  };
  window.addEventListener("pagehide", keep);
  return () => window.removeEventListener("pagehide", keep);
}

function readPlaces(): typeof places {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(STORED) ?? "[]"));
  } catch {
    // Another version wrote it, or the browser keeps nothing: then everything begins at its top.
    return new Map();
  }
}

const placeNow = (): string | undefined => window.history.state?.__TSR_key;

/**
 * Keeps the scroll of an element that is drawn with its name. `name` tells the scrollers of a screen
 * apart, and what they show. When `view` becomes another one, as by a filter, it begins at its top.
 * Returns where it begins, for a virtual list: that scrolls by itself to where it believes to be.
 */
export function useRestoredScroll(
  scroller: RefObject<HTMLElement | null>,
  name: string,
  view: unknown = null,
): number {
  const [first] = useState(() => spotOf(name)?.top ?? 0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    shown.set(name, element);
    const stop = goTo(element, spotOf(name));
    return () => {
      stop();
      if (shown.get(name) === element) shown.delete(name);
    };
  }, [scroller, name]);

  const last = useRef(view);
  useEffect(() => {
    if (last.current === view) return;
    last.current = view;
    scroller.current?.scrollTo({ top: 0 });
  }, [scroller, view]);
  return first;
}

const spotOf = (name: string) => places.get(placeNow() ?? "")?.[name];

const byHand = ["wheel", "pointerdown", "keydown", "touchstart"] as const;

/** Until it is there, or the person scrolls: what is read a moment later makes room for it. */
function goTo(element: HTMLElement, spot: Spot | undefined): () => void {
  if (!spot || (spot.top === 0 && spot.left === 0)) return () => {};
  const growing = new ResizeObserver(go);
  const replaced = new MutationObserver(watch);
  function go() {
    element.scrollTo({ top: spot?.top ?? 0, left: spot?.left ?? 0, behavior: "instant" });
    const isThere =
      Math.abs(element.scrollTop - (spot?.top ?? 0)) < 2 &&
      Math.abs(element.scrollLeft - (spot?.left ?? 0)) < 2;
    if (isThere) stop();
  }
  function watch() {
    for (const child of element.children) growing.observe(child);
    go();
  }
  function stop() {
    growing.disconnect();
    replaced.disconnect();
    for (const type of byHand) window.removeEventListener(type, stop, true);
  }
  for (const type of byHand) window.addEventListener(type, stop, true);
  replaced.observe(element, { childList: true });
  watch();
  return stop;
}
