import { z } from "zod/mini";

/** What a person sets of the app on this computer. */
export const desktopSettings = z.object({
  /** The app goes on when its last window is closed, and tells of news. */
  staysOpen: z.boolean(),
  /** An icon in the tray, or in the menu bar of macOS. */
  tray: z.boolean(),
  /** The system shows what is new while the app is behind other programs. */
  notifies: z.boolean(),
  opensAtLogin: z.boolean(),
  /** As Electron writes keys: `CommandOrControl+Shift+Space`; null: none. */
  quickAddKey: z.nullable(z.string().check(z.maxLength(100))),
  /** Codes such as `en-GB`. Null: those of the system; none: nothing is checked. */
  spellLanguages: z.nullable(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(20))),
});
export type DesktopSettings = z.output<typeof desktopSettings>;

/** As they are stored: those that somebody has set otherwise than by themselves. */
export const storedDesktop = z.partial(desktopSettings);

/** Of one account: each has its own. In percent. */
export const zoomPercent = z.int().check(z.gte(30), z.lte(300));

/** One or several of them, and how large the pages of this account are shown. */
export const desktopChanges = z.extend(storedDesktop, {
  zoom: z.optional(zoomPercent),
});
export type DesktopChanges = z.output<typeof desktopChanges>;

/** As the settings screen shows them. */
export type DesktopState = {
  settings: DesktopSettings;
  zoom: number;
  /** Why the keys of quick add do nothing; null: they work, or there are none. */
  quickAddProblem: string | null;
  /** Empty on macOS, whose own languages are the system's to choose. */
  availableSpellLanguages: string[];
  /** Those that are in use. */
  spellLanguages: string[];
};
