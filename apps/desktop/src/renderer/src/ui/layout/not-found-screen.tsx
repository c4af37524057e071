import { Compass } from "lucide-react";
import { use } from "react";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { EmptyState } from "./empty-state.tsx";

export function NotFoundScreen() {
  const navigate = use(NavigateContext);
  return (
    <EmptyState
      icon={<Compass size={18} />}
      title="Page not found"
      command={<Button onClick={() => navigate?.(paths.home())}>Go to your workspace</Button>}
    >
      It may have been moved or deleted, or you may not have access to it.
    </EmptyState>
  );
}
