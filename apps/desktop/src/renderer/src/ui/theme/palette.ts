/** The colours people choose from, as they are stored. */
export const paletteNames = [
  "grey",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "sky",
  "blue",
  "violet",
  "pink",
] as const;

export type PaletteName = (typeof paletteNames)[number];

/**
 * A stored colour as CSS: a palette name follows the theme; what an import brought (#rrggbb) is
 * taken as it is; anything else, which might be more than a colour, becomes grey.
 */
export function paletteColor(stored: string | null | undefined): string {
  if (stored && (paletteNames as readonly string[]).includes(stored)) {
    return `var(--palette-${stored})`;
  }
  return stored && /^#[0-9a-f]{3,8}$/i.test(stored) ? stored : "var(--palette-grey)";
}
