import type { PaletteCommand } from "./command-palette.tsx";

/** What can be done from anywhere: listed in the palette, and by its key if it has one. */
export type Command = PaletteCommand & {
  /** Also while typing and with a dialog open. */
  whileTyping?: boolean;
  /** Not worth a line in the palette: opening the palette. */
  isKeyOnly?: boolean;
};

/** What lies over the workspace; one at a time. */
export type Overlay = "palette" | "shortcuts" | "deleted-workspaces" | "new-task" | null;
