/** How wide a text will be, known before it is drawn: the canvas asks the font itself. */
const font = '500 13px "Inter Variable", system-ui, sans-serif';
const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;
let isFontHere = false;

/** In the weight and size of a title, 13 px. */
export function textWidth(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return Number.POSITIVE_INFINITY;
  context.font = font;
  const { width } = context.measureText(text);
  widths.set(text, width);
  return width;
}

/** The look of a card's title: drawn with it, measured with it. */
export const titleLook = "font-medium text-13 wrap-anywhere";

const lines = new Map<string, number>();
/** More than any board shows; a session that sees more forgets them all. */
const MOST_KNOWN = 20_000;
let probe: HTMLElement | null = null;

/** How many lines a title takes in so many pixels: the engine itself lays it out, out of sight. */
export function linesIn(text: string, width: number): number {
  const key = `${width} ${text}`;
  const known = lines.get(key);
  if (known !== undefined) return known;
  if (!probe?.isConnected) {
    probe = document.createElement("p");
    probe.className = `${titleLook} pointer-events-none invisible fixed top-0 left-0 [contain:layout_style]`;
    probe.ariaHidden = "true";
    probe.dir = "auto";
    document.body.append(probe);
  }
  probe.style.width = `${width}px`;
  probe.textContent = "x";
  const one = probe.getBoundingClientRect().height;
  probe.textContent = text;
  const count = Math.round(probe.getBoundingClientRect().height / one);
  probe.textContent = "";
  if (lines.size > MOST_KNOWN) lines.clear();
  lines.set(key, count);
  return count;
}

/** Widths taken with the fallback font would stay wrong for the whole session. */
export function forgetWidths() {
  if (isFontHere) return;
  isFontHere = document.fonts.check(font);
  widths.clear();
  lines.clear();
}
