import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { invariant } from "@/lib/invariant.ts";
import { keepPageOffline } from "@/platform/offline-page.ts";
import { App } from "./app.tsx";

createRoot(invariant(document.getElementById("root"), "index.html has #root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

keepPageOffline();
