import { type PaletteName, paletteNames } from "@/ui/theme/palette.ts";

const [, ...colors] = paletteNames;

/** A project's dot: always the same for the same project, and seldom that of its neighbour. */
export function projectColor(id: string): PaletteName {
  // The end of a UUIDv7 is random; its beginning is the time and alike for projects made together.
  const number = Number.parseInt(id.slice(-6), 16);
  return colors[number % colors.length] ?? "grey";
}
