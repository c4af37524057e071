import { StrictMode, useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { must } from "@/must.ts";
import { SegmentedControl } from "@/ui/segmented-control.tsx";
import { readTheme, setTheme, type Theme } from "@/ui/theme.ts";
import { UiRoot } from "@/ui/ui-root.tsx";
import { AuthPage } from "./auth-page.tsx";
import { ControlsPage } from "./controls-page.tsx";
import { FramePage } from "./frame-page.tsx";
import { OverlaysPage } from "./overlays-page.tsx";
import "@/ui/theme.css";

/** Every component in its states, for those who build with them: /gallery.html#controls. */
function Gallery() {
  const place = useSyncExternalStore(watchHash, () => location.hash.slice(1) || "controls");
  const [theme, setShownTheme] = useState(readTheme);
  if (place === "board" || place === "list") return <FramePage key={place} initialView={place} />;
  if (place.startsWith("auth/")) return <AuthPage screen={place.slice(5)} />;

  function choose(next: Theme) {
    setTheme(next);
    setShownTheme(next);
  }

  return (
    <main className="min-h-full bg-canvas p-6">
      <header className="mb-5 flex items-center gap-4">
        <h1 className="font-semibold text-20 tracking-tight">Components</h1>
        <nav className="flex gap-3 text-muted">
          {["controls", "overlays", "board", "list", "auth/sign-in"].map((each) => (
            <a key={each} href={`#${each}`} className="hover:text-ink">
              {each}
            </a>
          ))}
        </nav>
        <span className="ml-auto">
          <SegmentedControl
            label="Theme"
            value={theme}
            onValueChange={choose}
            segments={[
              { value: "system", label: "System" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        </span>
      </header>
      {place === "overlays" ? <OverlaysPage /> : <ControlsPage />}
    </main>
  );
}

function watchHash(watcher: () => void) {
  window.addEventListener("hashchange", watcher);
  return () => window.removeEventListener("hashchange", watcher);
}

createRoot(must(document.getElementById("root"), "gallery.html has #root")).render(
  <StrictMode>
    <UiRoot>
      <Gallery />
    </UiRoot>
  </StrictMode>,
);
