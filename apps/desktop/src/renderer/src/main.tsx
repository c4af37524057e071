import { Hammer } from "lucide-react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { must } from "@/must.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { UiRoot } from "@/ui/ui-root.tsx";
import "@/ui/theme.css";

createRoot(must(document.getElementById("root"), "index.html has #root")).render(
  <StrictMode>
    <UiRoot>
      <EmptyState icon={<Hammer size={18} />} title="Guildhall">
        The workspace is being built.
      </EmptyState>
    </UiRoot>
  </StrictMode>,
);
