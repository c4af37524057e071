import { SearchX } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";

/** Deleted, or not to be seen: which of the two, the server does not tell either. */
export function TaskGone({ onBack, backTo }: { onBack: () => void; backTo: string }) {
  return (
    <EmptyState
      icon={<SearchX size={18} />}
      title="This task is not here"
      action={<Button onClick={onBack}>{backTo}</Button>}
    >
      It was deleted, or it is in a project that you may not see. Who deleted it can bring it back.
    </EmptyState>
  );
}
