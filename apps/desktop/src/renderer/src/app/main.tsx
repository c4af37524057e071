import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { invariant } from "@/lib/invariant.ts";
import { wake } from "@/lib/wake.ts";
import { keepPageOffline } from "@/platform/offline-page.ts";
import { platform } from "@/platform/platform.ts";
import { App } from "./app.tsx";
import { listenToDesktop } from "./listen-to-desktop.ts";

listenToDesktop();
createRoot(invariant(document.getElementById("root"), "index.html has #root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

keepPageOffline();
platform.onWake((what) => {
  if (what === "resume" || what === "unlock-screen") wake();
});
