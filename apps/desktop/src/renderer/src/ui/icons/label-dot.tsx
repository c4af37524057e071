import { paletteColor } from "@/ui/theme/palette.ts";

/** The colour of a label or a project; the name stands beside it, or is its tooltip. */
export function LabelDot({ color, size = 8 }: { color: string | null; size?: number }) {
  return (
    <span
      aria-hidden="true"
      className="inline-block shrink-0 rounded-full"
      style={{ width: size, height: size, background: paletteColor(color) }}
    />
  );
}
