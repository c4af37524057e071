import type { Session } from "electron";
import type { DesktopChanges, DesktopState } from "../../shared/desktop-settings.ts";
import type { Handlers } from "../bridge/answer-calls.ts";
import type { DesktopSettingsStore } from "../desktop-settings.ts";
import type { loginItem } from "./login-item.ts";
import { spellingOf } from "./spelling.ts";
import type { Zoom } from "./zoom.ts";

type Parts = {
  desktop: DesktopSettingsStore;
  login: ReturnType<typeof loginItem>;
  zoom: Zoom;
  quickAddProblem: () => string | null;
  sessionOf: (profileId: string) => Session;
};

/** The settings of the app, for the screen that shows them. */
export function answerDesktopSettings(parts: Parts) {
  const { desktop, login, zoom, quickAddProblem, sessionOf } = parts;

  function state(profileId: string): DesktopState {
    const of = sessionOf(profileId);
    // What the system starts is the system's to know: it can be changed there.
    const settings = { ...desktop.get(), opensAtLogin: login.get() };
    return {
      settings,
      zoom: zoom.get(profileId),
      quickAddProblem: quickAddProblem(),
      availableSpellLanguages: of.availableSpellCheckerLanguages,
      spellLanguages: spellingOf(of, settings.spellLanguages),
    };
  }
  return {
    getDesktop: (_: undefined, { profileId }) => state(profileId),
    setDesktop(changes: DesktopChanges, { profileId }) {
      const { zoom: percent, opensAtLogin, ...others } = changes;
      if (percent !== undefined) zoom.set(profileId, percent);
      if (opensAtLogin !== undefined) login.set(opensAtLogin);
      desktop.set(others);
      return state(profileId);
    },
  } satisfies Pick<Handlers, "getDesktop" | "setDesktop">;
}
