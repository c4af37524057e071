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

/** Widths taken with the fallback font would stay wrong for the whole session. */
export function forgetWidths() {
  if (isFontHere) return;
  isFontHere = document.fonts.check(font);
  widths.clear();
}
