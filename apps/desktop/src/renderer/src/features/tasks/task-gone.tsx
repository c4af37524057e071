import { SearchX } from "lucide-react";
import { Button } from "@/ui/controls/button.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";

/** Deleted, or not to be seen: which of the two, the server does not tell either. */
export function TaskGone({ onBack, backTo }: { onBack: () => void; backTo: string }) {
  return (
    <EmptyState
      icon={<SearchX size={18} />}
      title="Task not found"
      command={<Button onClick={onBack}>{backTo}</Button>}
    >
      It was deleted, or you don't have access to its project. Whoever deleted it can undo that.
    </EmptyState>
  );
}
