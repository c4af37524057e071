import { FileX2 } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";

/** In the bin, or not to be seen: which of the two, the server does not tell either. */
export function DocumentGone({ onBack }: { onBack: () => void }) {
  return (
    <EmptyState
      icon={<FileX2 size={18} />}
      title="This document is not here"
      action={<Button onClick={onBack}>Go to My work</Button>}
    >
      It was put into the bin, or it is in a place that you may not see. Who put it there can bring
      it back.
    </EmptyState>
  );
}
