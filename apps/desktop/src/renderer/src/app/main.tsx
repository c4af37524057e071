import "@/ui/theme/theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { must } from "@/lib/invariant.ts";
import { keepPageOffline } from "@/platform/offline-page.ts";
import { App } from "./app.tsx";

createRoot(must(document.getElementById("root"), "index.html has #root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

keepPageOffline();
