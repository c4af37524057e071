import { platform } from "@/platform/platform.ts";
import { tellTheme } from "@/ui/theme/theme.ts";
import { router } from "./router.tsx";

/** How many edits wait here; of nobody none do. Set by whoever is in. */
export const waiting = { count: () => 0 };

/** What main tells a page, whoever is in: called once, before anything is shown. */
export function listenToDesktop() {
  const { desktop } = platform;
  if (!desktop) return;
  tellTheme();
  // Also to who signs in first: the address says where they then go.
  desktop.on("openPlace", (path) => router.history.push(path));
  desktop.on("askWaiting", () => void desktop.answerWaiting(waiting.count()));
  desktop.on("menuCommand", (command) => {
    if (command === "back") router.history.back();
    if (command === "forward") router.history.forward();
  });
}
