import { Compass } from "lucide-react";
import { EmptyState } from "@/ui/empty-state.tsx";

export function NotFoundScreen() {
  return (
    <EmptyState icon={<Compass size={18} />} title="There is nothing at this address">
      It may have been moved or deleted, or you may not see it.
    </EmptyState>
  );
}
