import { lazy, Suspense, useEffect, useState } from "react";
import { platform } from "@/platform/platform.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";

const FindBar = lazy(() => import("./find-bar.tsx"));

/** Ctrl or ⌘ F, and Find in the menu: in the desktop app alone, as a browser has its own. */
export function DesktopFind() {
  const [asked, setAsked] = useState(0);
  const open = () => setAsked((times) => times + 1);
  const keys = platform.desktop ? "mod+f" : null;
  useShortcut({ keys, label: "Find in page", group: "General", whileTyping: true }, open);
  useEffect(() => platform.onMenuCommand((command) => command === "find" && open()), []);
  return (
    asked > 0 && (
      <Suspense fallback={null}>
        <FindBar asked={asked} onClose={() => setAsked(0)} />
      </Suspense>
    )
  );
}
